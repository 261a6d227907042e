package org.jvirtio.pci;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects the rules tried on one subject, in order. */
final class Checks {

    private final String subject;
    private final List<Rule> rules = new ArrayList<>();
    private String failure = "";

    Checks(String subject) {
        this.subject = subject;
    }

    /**
     * Records a rule and answers whether it holds, so that rules can be chained with {@code &&}.
     */
    boolean require(boolean holds, String sentence, String source, String seen) {
        add(sentence, source, seen, holds ? Rule.Outcome.PASSED : Rule.Outcome.FAILED);
        if (!holds) {
            failure = failure(sentence, seen);
        }
        return holds;
    }

    /** Records a rule that nothing depends on, if it does not hold. */
    void expect(boolean holds, String sentence, String source, Supplier<String> seen) {
        if (!holds) {
            add(sentence, source, seen.get(), Rule.Outcome.NOTED);
        }
    }

    /** Records a rule that cannot be tried, and goes on as if it held. */
    boolean unchecked(String sentence, String source, String why) {
        add(sentence, source, why, Rule.Outcome.NOT_CHECKED);
        return true;
    }

    /** The rule that failed last, and what was seen. */
    String failure() {
        return failure;
    }

    static String failure(String sentence, String seen) {
        return "rule '" + sentence + "' fails: " + seen;
    }

    Evidence conclude(String conclusion) {
        return new Evidence(subject, rules, conclusion);
    }

    private void add(String sentence, String source, String seen, Rule.Outcome outcome) {
        rules.add(new Rule(sentence, source, seen, outcome));
    }
}
