package org.jvirtio.lab.trace;

/** What a rule says about one trace. */
public sealed interface RuleVerdict {

    /**
     * The rule was kept.
     *
     * @param occasions how often it could have been broken; at least once
     */
    record Holds(int occasions) implements RuleVerdict {}

    /**
     * The rule was broken.
     *
     * @param event index of the event in the trace that broke it
     * @param why what was done there, and what the rule wants instead
     */
    record Violated(int event, String why) implements RuleVerdict {}

    /** Nothing in the trace has to do with the rule. */
    record DoesNotApply(String why) implements RuleVerdict {}
}
