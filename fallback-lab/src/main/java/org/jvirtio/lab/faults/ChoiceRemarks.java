package org.jvirtio.lab.faults;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jvirtio.pci.Candidate;
import org.jvirtio.pci.Evidence;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Rule;
import org.jvirtio.pci.Verdict;

/** What a choice found odd about a function: notes on the list, and rules that do not hold. */
final class ChoiceRemarks {

    private static final String SKIPPED = "skipped: ";

    private final Set<String> sentences = new LinkedHashSet<>();

    ChoiceRemarks(LayoutChoice choice) {
        for (String note : choice.notes()) {
            boolean skip = note.contains("is skipped") || note.contains("ends with it");
            sentences.add((skip ? SKIPPED : "") + note);
        }
        for (Candidate candidate : choice.candidates()) {
            add(candidate);
        }
    }

    Set<String> sentences() {
        return sentences;
    }

    /** Those that are not among the usual ones. */
    List<String> sentences(Set<String> usual) {
        return sentences.stream().filter(sentence -> !usual.contains(sentence)).toList();
    }

    /** True if the sentence says that a capability was left out. */
    static boolean isSkip(String sentence) {
        return sentence.startsWith(SKIPPED);
    }

    private void add(Candidate candidate) {
        Verdict verdict = candidate.verdict();
        if (verdict != Verdict.CHOSEN && verdict != Verdict.NOT_TRIED) {
            sentences.add(candidate.kind().label() + ": " + candidate.reason());
        }
        if (verdict != Verdict.NOT_TRIED && verdict != Verdict.NOT_PERMITTED) {
            candidate.evidence().forEach(this::add);
        }
    }

    private void add(Evidence evidence) {
        String conclusion = evidence.conclusion().toString();
        boolean skip = conclusion.startsWith("ignored") || conclusion.startsWith("not usable");
        for (Rule rule : evidence.rules()) {
            if (rule.outcome() != Rule.Outcome.PASSED) {
                sentences.add(
                        String.format(
                                "%s%s: not so that %s: %s",
                                skip ? SKIPPED : "",
                                evidence.subject(),
                                rule.sentence(),
                                rule.seen()));
            }
        }
        if (conclusion.startsWith("listed only")) {
            sentences.add(evidence.subject() + ": " + conclusion);
        }
    }
}
