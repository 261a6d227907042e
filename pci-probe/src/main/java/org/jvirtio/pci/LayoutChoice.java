package org.jvirtio.pci;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jvirtio.LayoutException;
import org.jvirtio.Registers;

/**
 * The layout decision for one function, with the evidence for it. Text, JSON, lessons and tests all
 * print this one value.
 *
 * <pre>
 *   virtio1       first in policy auto: usable? chosen; absent? next; broken? refuse (or next)
 *   register-set  likewise
 *   legacy        likewise
 * </pre>
 *
 * @param function its name, for people
 * @param candidates in the order tried, then those that the policy leaves out
 * @param notes what was odd about the capability list
 */
public record LayoutChoice(
        String function,
        DeviceIdentity identity,
        Policy policy,
        List<Candidate> candidates,
        List<String> notes) {

    public LayoutChoice {
        candidates = List.copyOf(candidates);
        notes = List.copyOf(notes);
    }

    /** Chooses for a function; only its configuration space is read, and nothing is opened. */
    public static LayoutChoice of(PciFunction function, Policy policy) {
        return of(function.name(), function.config(), function.bars(), policy);
    }

    /** Chooses off-line, from configuration bytes; bytes of any kind give a choice. */
    public static LayoutChoice of(
            String function, Registers config, List<Bar> bars, Policy policy) {
        FunctionFacts facts = FunctionFacts.of(config, bars);
        return new LayoutChoice(
                function,
                facts.identity(),
                policy,
                candidates(facts, policy, List.of()),
                facts.capabilities().notes());
    }

    /**
     * Chooses again, once the device behind the chosen layout was found not to be a device of that
     * layout: it then counts as absent, and the next one is tried.
     *
     * @param failed the rule that the device breaks, with what was seen
     */
    public LayoutChoice without(PciFunction opened, Rule failed) {
        List<Candidate> known = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (candidate.verdict() == Verdict.CHOSEN) {
                known.add(candidate.disproved(failed));
            } else if (candidate.verdict() != Verdict.NOT_TRIED) {
                known.add(candidate);
            }
        }
        FunctionFacts facts = FunctionFacts.of(opened.config(), opened.bars());
        return new LayoutChoice(
                function, identity, policy, candidates(facts, policy, known), notes);
    }

    /** The layout, if one was chosen. */
    public Optional<VirtioLayout> layout() {
        return chosen().flatMap(Candidate::usable);
    }

    /** The candidate that was chosen, if any. */
    public Optional<Candidate> chosen() {
        return candidates.stream().filter(c -> c.verdict() == Verdict.CHOSEN).findFirst();
    }

    /**
     * The layout, for callers that cannot go on without.
     *
     * @throws LayoutException if none was chosen: each candidate with its reason, and what to
     *     change
     */
    public VirtioLayout require() {
        return layout().orElseThrow(() -> new LayoutException(new Refusal(this).message()));
    }

    /** Tries layouts in the order of the policy; those that are known are not examined again. */
    private static List<Candidate> candidates(
            FunctionFacts facts, Policy policy, List<Candidate> known) {
        List<Candidate> candidates = new ArrayList<>();
        String ended = "";
        for (LayoutKind kind : policy.order().permitted()) {
            if (!ended.isEmpty()) {
                candidates.add(Candidate.notTried(kind, ended));
                continue;
            }
            Candidate candidate =
                    known.stream()
                            .filter(k -> k.kind() == kind)
                            .findFirst()
                            .orElseGet(() -> examine(facts, kind, policy));
            candidates.add(candidate);
            ended = ended(candidate, policy);
        }
        for (LayoutKind kind : leftOut(policy)) {
            candidates.add(examine(facts, kind).notPermittedBy(policy));
        }
        return candidates;
    }

    /** Why nothing is tried after this candidate; empty if the next one is. */
    private static String ended(Candidate candidate, Policy policy) {
        return switch (candidate.verdict()) {
            case CHOSEN -> candidate.kind().label() + " was chosen before";
            case BROKEN ->
                    policy.lenient()
                            ? ""
                            : candidate.kind().label() + " is broken, which ends the choice";
            default -> "";
        };
    }

    private static Set<LayoutKind> leftOut(Policy policy) {
        Set<LayoutKind> kinds = EnumSet.allOf(LayoutKind.class);
        kinds.removeAll(policy.order().permitted());
        if (policy.order() != Policy.Order.PCI_CFG) {
            kinds.remove(LayoutKind.VIRTIO1_THROUGH_PCI_CFG);
        }
        return kinds;
    }

    private static Candidate examine(FunctionFacts facts, LayoutKind kind, Policy policy) {
        Candidate candidate = examine(facts, kind);
        return policy.strict() ? candidate.withNothingToNote() : candidate;
    }

    private static Candidate examine(FunctionFacts facts, LayoutKind kind) {
        return switch (kind) {
            case LEGACY -> new LegacyCandidate(facts).examine();
            case REGISTER_SET -> new RegisterSetCandidate(facts).examine();
            case VIRTIO1, VIRTIO1_THROUGH_PCI_CFG -> new Virtio1Candidate(facts, kind).examine();
        };
    }
}
