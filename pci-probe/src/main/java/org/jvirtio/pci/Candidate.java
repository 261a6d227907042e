package org.jvirtio.pci;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One layout, as far as it was examined.
 *
 * @param reason why the verdict, in one sentence without a full stop
 * @param usable the layout if its bytes permit it, whatever the policy says
 */
public record Candidate(
        LayoutKind kind,
        Verdict verdict,
        Words reason,
        List<Evidence> evidence,
        Optional<VirtioLayout> usable) {

    public Candidate {
        evidence = List.copyOf(evidence);
    }

    static Candidate usable(LayoutKind kind, VirtioLayout layout, List<Evidence> evidence) {
        return new Candidate(
                kind, Verdict.CHOSEN, Words.of("every rule holds"), evidence, Optional.of(layout));
    }

    static Candidate absent(LayoutKind kind, Words reason, List<Evidence> evidence) {
        return new Candidate(kind, Verdict.ABSENT, reason, evidence, Optional.empty());
    }

    static Candidate broken(LayoutKind kind, Words reason, List<Evidence> evidence) {
        return new Candidate(kind, Verdict.BROKEN, reason, evidence, Optional.empty());
    }

    static Candidate notTried(LayoutKind kind, Words reason) {
        return new Candidate(kind, Verdict.NOT_TRIED, reason, List.of(), Optional.empty());
    }

    /** The same if nothing about it had to be noted; otherwise it is broken by that. */
    Candidate withNothingToNote() {
        if (verdict == Verdict.CHOSEN) {
            for (Evidence each : evidence) {
                for (Rule rule : each.rules()) {
                    if (rule.outcome() == Rule.Outcome.NOTED) {
                        return broken(kind, rule.failure(), evidence);
                    }
                }
            }
        }
        return this;
    }

    /** The same findings, and one more that only the device itself could show. */
    Candidate disproved(Rule failed) {
        List<Evidence> more = new ArrayList<>(evidence);
        more.add(
                new Evidence(
                        Words.of("the device behind it"),
                        List.of(failed),
                        Words.of("another layout is meant")));
        return absent(kind, failed.failure(), more);
    }

    /** The same findings under a policy that leaves this layout out. */
    Candidate notPermittedBy(Policy policy) {
        Words why =
                verdict == Verdict.CHOSEN
                        ? Words.of("policy ", policy, " leaves it out, though it would be usable")
                        : Words.of("policy ", policy, " leaves it out, and ", reason);
        return new Candidate(kind, Verdict.NOT_PERMITTED, why, evidence, usable);
    }
}
