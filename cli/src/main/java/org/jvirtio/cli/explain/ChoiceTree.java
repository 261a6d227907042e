package org.jvirtio.cli.explain;

import java.util.List;
import java.util.Locale;
import org.jvirtio.lab.peers.PeerRule;
import org.jvirtio.lab.peers.PeerVerdict;
import org.jvirtio.page.RuleNode;
import org.jvirtio.pci.Candidate;
import org.jvirtio.pci.Evidence;
import org.jvirtio.pci.Rule;
import org.jvirtio.pci.Verdict;

/**
 * A choice as a tree: candidate, evidence with its bytes, rules. What decided is open: the branch
 * of the layout that was chosen, and every branch with a rule that failed.
 */
final class ChoiceTree {

    private final DecidingBytes bytes;

    private ChoiceTree(Explanation explanation) {
        bytes = new DecidingBytes(explanation);
    }

    static List<RuleNode> of(Explanation explanation) {
        ChoiceTree tree = new ChoiceTree(explanation);
        return explanation.choice().candidates().stream().map(tree::candidate).toList();
    }

    private RuleNode candidate(Candidate candidate) {
        boolean open =
                candidate.verdict() == Verdict.CHOSEN
                        || candidate.evidence().stream().anyMatch(ChoiceTree::hasFailed);
        return new RuleNode(
                candidate.verdict().label(),
                candidate.kind().label() + ": " + candidate.reason(),
                "",
                "",
                List.of(),
                open,
                candidate.evidence().stream().map(this::evidence).toList());
    }

    private RuleNode evidence(Evidence evidence) {
        boolean failed = hasFailed(evidence);
        return new RuleNode(
                failed ? "failed" : "looked at",
                evidence.subject() + " → " + evidence.conclusion(),
                "",
                "",
                bytes.of(evidence),
                failed,
                evidence.rules().stream().map(ChoiceTree::rule).toList());
    }

    private static boolean hasFailed(Evidence evidence) {
        return evidence.rules().stream().anyMatch(rule -> rule.outcome() == Rule.Outcome.FAILED);
    }

    private static RuleNode rule(Rule rule) {
        return RuleNode.rule(
                label(rule.outcome()), rule.sentence(), rule.seen().toString(), rule.source());
    }

    /** What another driver does with the same bytes. */
    static RuleNode peer(PeerVerdict verdict) {
        String otherwise =
                verdict.otherwise().map(other -> "; its parser alone: " + other.label()).orElse("");
        return new RuleNode(
                verdict.decision().label(),
                verdict.peer() + " " + verdict.label() + ": " + verdict.reason() + otherwise,
                "",
                "",
                List.of(),
                false,
                verdict.rules().stream().map(ChoiceTree::rule).toList());
    }

    private static RuleNode rule(PeerRule rule) {
        return RuleNode.rule(
                label(rule.outcome()),
                rule.sentence(),
                rule.seen(),
                rule.file().name() + ", " + rule.basis().label());
    }

    private static String label(Rule.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
