package org.jvirtio.learn.check;

import java.util.List;

/**
 * What came of a learner's file.
 *
 * @param refusal why nothing of it was run: the compiler's messages, or what the class lacks; empty
 *     if it was
 * @param ending how the run ended before its end: it hung, or exited; empty if it did not
 * @param printed what the learner's code printed, cut to a bound
 */
public record Judgement(
        List<String> refusal, List<Verdict> verdicts, String ending, String printed) {

    public Judgement {
        refusal = List.copyOf(refusal);
        verdicts = List.copyOf(verdicts);
    }

    /** True if every trial was made, and every one came out right. */
    public boolean passed() {
        return refusal.isEmpty()
                && ending.isEmpty()
                && !verdicts.isEmpty()
                && verdicts.stream().allMatch(Verdict::right);
    }
}
