package org.jvirtio.pci;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints a choice as an indented tree: the result first, then each candidate with its rules. */
public final class ChoiceText {

    private static final String INDENT = "  ";

    private final List<String> lines = new ArrayList<>();

    private ChoiceText() {}

    /** The lines, without line ends. */
    public static List<String> lines(LayoutChoice choice) {
        ChoiceText text = new ChoiceText();
        text.result(choice);
        for (Candidate candidate : choice.candidates()) {
            text.candidate(candidate);
        }
        return text.lines;
    }

    private void result(LayoutChoice choice) {
        add(0, "function  " + choice.function());
        add(0, "identity  " + choice.identity() + ": " + choice.identity().reason());
        add(0, "policy    " + choice.policy());
        for (String note : choice.notes()) {
            add(0, "note      " + note);
        }
        add(0, "layout    " + choice.layout().map(VirtioLayout::label).orElse("none"));
        choice.layout().ifPresent(this::windows);
    }

    private void windows(VirtioLayout layout) {
        for (NamedWindow named : NamedWindow.of(layout)) {
            add(1, String.format("%-9s %s", named.name(), named.window()));
        }
        if (layout instanceof VirtioLayout.Virtio1 virtio1) {
            add(1, "stride    " + virtio1.doorbellStride() + " bytes between doorbells");
            virtio1.pciCfg()
                    .ifPresent(offset -> add(1, String.format("PCI_CFG   at 0x%02x", offset)));
        }
    }

    private void candidate(Candidate candidate) {
        add(
                0,
                candidate.kind().label()
                        + ": "
                        + candidate.verdict().label()
                        + ": "
                        + candidate.reason());
        for (Evidence evidence : candidate.evidence()) {
            add(1, evidence.subject() + " -> " + evidence.conclusion());
            for (Rule rule : evidence.rules()) {
                rule(rule);
            }
        }
    }

    private void rule(Rule rule) {
        add(
                2,
                String.format(
                        "%-11s %s: %s (%s)",
                        label(rule.outcome()), rule.sentence(), rule.seen(), rule.source()));
    }

    static String label(Rule.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void add(int depth, String line) {
        lines.add(INDENT.repeat(depth) + line);
    }
}
