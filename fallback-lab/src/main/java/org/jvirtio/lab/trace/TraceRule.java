package org.jvirtio.lab.trace;

import org.jvirtio.trace.Trace;

/**
 * What a specification asks of a driver, as far as register accesses show it.
 *
 * @param id the row of the conformance table, such as {@code STA-01}
 * @param clause section, with its keyword: {@code virtio 1.4 section 2.1.1, MUST}
 * @param sentence what a trace shows if the rule is kept, without a full stop
 */
public record TraceRule(String id, String clause, String sentence, Check check) {

    /** Goes through a trace. */
    interface Check {
        RuleVerdict of(NamedTrace trace);
    }

    /** A rule of virtio 1.4: section and keyword are all that is left to say. */
    static TraceRule of(String id, String sectionAndLevel, String sentence, Check check) {
        return new TraceRule(id, "virtio 1.4 section " + sectionAndLevel, sentence, check);
    }

    /** How strongly the clause asks: {@code MUST NOT}. */
    String level() {
        return clause.substring(clause.lastIndexOf(", ") + 2);
    }

    /** Applies the rule to any trace of a PCI function. */
    public RuleVerdict verdict(Trace trace) {
        return verdict(NamedTrace.of(trace));
    }

    /** What a driver did before is half of every rule, so a trace must have its beginning. */
    RuleVerdict verdict(NamedTrace trace) {
        long lost = trace.trace().lost();
        return lost == 0
                ? check.of(trace)
                : new RuleVerdict.DoesNotApply("the first " + lost + " events were not kept");
    }
}
