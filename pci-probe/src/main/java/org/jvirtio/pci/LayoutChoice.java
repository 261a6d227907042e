package org.jvirtio.pci;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
 * @param facts what it was made from, and all that was read
 * @param candidates in the order tried, then those that the policy leaves out
 */
public record LayoutChoice(
        String function, FunctionFacts facts, Policy policy, List<Candidate> candidates) {

    private static final List<LayoutKind> KINDS = List.of(LayoutKind.values());

    public LayoutChoice {
        candidates = List.copyOf(candidates);
    }

    /** Chooses for a function; only its configuration space is read, and nothing is opened. */
    public static LayoutChoice of(PciFunction function, Policy policy) {
        return of(function.name(), function.config(), function.bars(), policy);
    }

    /** Chooses off-line, from configuration bytes; bytes of any kind give a choice. */
    public static LayoutChoice of(
            String function, Registers config, List<Bar> bars, Policy policy) {
        FunctionFacts facts = FunctionFacts.of(config, bars);
        return new LayoutChoice(function, facts, policy, candidates(facts, policy, List.of()));
    }

    /**
     * All layouts that a function shows, whichever a policy prefers; that of PCI_CFG has the
     * windows of virtio1.
     */
    public static List<VirtioLayout> everyLayout(PciFunction function) {
        return Stream.of("virtio1", "register-set", "legacy")
                .map(Policy::parse)
                .flatMap(policy -> of(function, policy).layout().stream())
                .toList();
    }

    /**
     * Chooses again, once the device behind the chosen layout was found not to be a device of that
     * layout: it then counts as absent, and the next one is tried.
     *
     * @param failed the rule that the device breaks, with what was seen
     */
    public LayoutChoice without(Rule failed) {
        List<Candidate> known = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (candidate.verdict() == Verdict.CHOSEN) {
                known.add(candidate.disproved(failed));
            } else if (candidate.verdict() != Verdict.NOT_TRIED) {
                known.add(candidate);
            }
        }
        return new LayoutChoice(function, facts, policy, candidates(facts, policy, known));
    }

    /** Who the function says it is. */
    public DeviceIdentity identity() {
        return facts.identity();
    }

    /** What was odd about the capability list. */
    public List<String> notes() {
        return facts.capabilities().notes();
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
        List<Candidate> candidates = new ArrayList<>(KINDS.size());
        Checks checks = new Checks();
        Optional<Words> ended = Optional.empty();
        List<LayoutKind> permitted = policy.order().permitted();
        for (int i = 0; i < permitted.size(); i++) {
            LayoutKind kind = permitted.get(i);
            Candidate candidate =
                    ended.isPresent()
                            ? Candidate.notTried(kind, ended.get())
                            : knownOrExamined(known, kind, facts, policy, checks);
            candidates.add(candidate);
            ended = ended.isPresent() ? ended : ended(candidate, policy);
        }
        for (int i = 0; i < KINDS.size(); i++) {
            if (isLeftOut(KINDS.get(i), policy)) {
                candidates.add(examine(facts, KINDS.get(i), checks).notPermittedBy(policy));
            }
        }
        return candidates;
    }

    private static Candidate knownOrExamined(
            List<Candidate> known,
            LayoutKind kind,
            FunctionFacts facts,
            Policy policy,
            Checks checks) {
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).kind() == kind) {
                return known.get(i);
            }
        }
        Candidate candidate = examine(facts, kind, checks);
        return policy.strict() ? candidate.withNothingToNote() : candidate;
    }

    /** Why nothing is tried after this candidate; empty if the next one is. */
    private static Optional<Words> ended(Candidate candidate, Policy policy) {
        String kind = candidate.kind().label();
        if (candidate.verdict() == Verdict.CHOSEN) {
            return Optional.of(Words.of(kind, " was chosen before"));
        }
        return candidate.verdict() == Verdict.BROKEN && !policy.lenient()
                ? Optional.of(Words.of(kind, " is broken, which ends the choice"))
                : Optional.empty();
    }

    /** The window in the configuration space is no layout of its own, so others do not list it. */
    private static boolean isLeftOut(LayoutKind kind, Policy policy) {
        return !policy.order().permitted().contains(kind)
                && (kind != LayoutKind.VIRTIO1_THROUGH_PCI_CFG
                        || policy.order() == Policy.Order.PCI_CFG);
    }

    private static Candidate examine(FunctionFacts facts, LayoutKind kind, Checks checks) {
        return switch (kind) {
            case LEGACY -> new LegacyCandidate(facts, checks).examine();
            case REGISTER_SET -> new RegisterSetCandidate(facts, checks).examine();
            case VIRTIO1, VIRTIO1_THROUGH_PCI_CFG ->
                    new Virtio1Candidate(facts, kind, checks).examine();
        };
    }
}
