package org.jvirtio.pci;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what a choice finds: rules tried on one subject after another, and the evidence they add
 * up to. One of them serves all candidates of a choice, so that nothing is built but the result.
 *
 * <pre>
 *   on(subject), require(...), ..., conclude(...)     once for each subject
 *   evidence()                                        once for each candidate
 * </pre>
 */
final class Checks {

    private final List<Evidence> evidence = new ArrayList<>(16);
    private final List<Rule> rules = new ArrayList<>(8);
    private Words subject = Words.of();
    private Rule failed;

    /** Turns to the next subject. */
    void on(Words next) {
        subject = next;
        rules.clear();
        failed = null;
    }

    /**
     * Records a rule and answers whether it holds, so that rules can be chained with {@code &&}.
     */
    boolean require(boolean holds, String sentence, String source, Words seen) {
        Rule.Outcome outcome = holds ? Rule.Outcome.PASSED : Rule.Outcome.FAILED;
        Rule rule = new Rule(sentence, source, seen, outcome);
        rules.add(rule);
        if (!holds) {
            failed = rule;
        }
        return holds;
    }

    /** Records a rule that does not hold, and that nothing depends on. */
    void note(String sentence, String source, Words seen) {
        rules.add(new Rule(sentence, source, seen, Rule.Outcome.NOTED));
    }

    /** Records a rule that cannot be tried, and goes on as if it held. */
    boolean unchecked(String sentence, String source, Words why) {
        rules.add(new Rule(sentence, source, why, Rule.Outcome.NOT_CHECKED));
        return true;
    }

    /** True if no rule had to be recorded of this subject. */
    boolean nothingRecorded() {
        return rules.isEmpty();
    }

    /** The rule of this subject that failed last, and what was seen. */
    Words failure() {
        return failed.failure();
    }

    /** Ends this subject. */
    void conclude(Words conclusion) {
        evidence.add(new Evidence(subject, rules, conclusion));
    }

    /** All that was concluded since this was last asked. */
    List<Evidence> evidence() {
        List<Evidence> all = List.copyOf(evidence);
        evidence.clear();
        return all;
    }
}
