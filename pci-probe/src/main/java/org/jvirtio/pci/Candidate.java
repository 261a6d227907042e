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
        String reason,
        List<Evidence> evidence,
        Optional<VirtioLayout> usable) {

    public Candidate {
        evidence = List.copyOf(evidence);
    }

    static Candidate usable(LayoutKind kind, VirtioLayout layout, List<Evidence> evidence) {
        return new Candidate(
                kind, Verdict.CHOSEN, "every rule holds", evidence, Optional.of(layout));
    }

    static Candidate absent(LayoutKind kind, String reason, List<Evidence> evidence) {
        return new Candidate(kind, Verdict.ABSENT, reason, evidence, Optional.empty());
    }

    static Candidate broken(LayoutKind kind, String reason, List<Evidence> evidence) {
        return new Candidate(kind, Verdict.BROKEN, reason, evidence, Optional.empty());
    }

    static Candidate notTried(LayoutKind kind, String reason) {
        return new Candidate(kind, Verdict.NOT_TRIED, reason, List.of(), Optional.empty());
    }

    /** The same if nothing about it had to be noted; otherwise it is broken by that. */
    Candidate withNothingToNote() {
        return evidence.stream()
                .filter(each -> verdict == Verdict.CHOSEN)
                .flatMap(each -> each.rules().stream())
                .filter(rule -> rule.outcome() == Rule.Outcome.NOTED)
                .findFirst()
                .map(rule -> Checks.failure(rule.sentence(), rule.seen()))
                .map(failure -> broken(kind, failure, evidence))
                .orElse(this);
    }

    /** The same findings, and one more that only the device itself could show. */
    Candidate disproved(Rule failed) {
        List<Evidence> more = new ArrayList<>(evidence);
        more.add(new Evidence("the device behind it", List.of(failed), "another layout is meant"));
        return absent(kind, Checks.failure(failed.sentence(), failed.seen()), more);
    }

    /** The same findings under a policy that leaves this layout out. */
    Candidate notPermittedBy(Policy policy) {
        String found = verdict == Verdict.CHOSEN ? "though it would be usable" : "and " + reason;
        return new Candidate(
                kind,
                Verdict.NOT_PERMITTED,
                "policy " + policy + " leaves it out, " + found,
                evidence,
                usable);
    }
}
