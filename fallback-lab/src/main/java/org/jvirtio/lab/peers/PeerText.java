package org.jvirtio.lab.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jvirtio.pci.Rule;

/** Prints verdicts: a table, then each driver with its rules. */
public final class PeerText {

    private PeerText() {}

    /** The lines, without line ends. */
    public static List<String> lines(List<PeerVerdict> verdicts) {
        List<String> lines = new ArrayList<>();
        lines.add("what other drivers do with these bytes");
        for (PeerVerdict verdict : verdicts) {
            lines.add(
                    String.format(
                            "  %-9s %-22s %s", verdict.peer(), verdict.label(), summary(verdict)));
        }
        for (PeerVerdict verdict : verdicts) {
            lines.add(verdict.peer() + ": " + verdict.label() + ": " + verdict.reason());
            for (PeerRule rule : verdict.rules()) {
                lines.add("  " + rule(rule));
            }
            verdict.files().forEach(file -> lines.add("  read in     " + file));
        }
        return lines;
    }

    /** Where the registers are, or why none are used. */
    static String summary(PeerVerdict verdict) {
        return verdict.otherwise()
                .map(parser -> verdict.reason() + "; its parser alone: " + parser.label())
                .orElse(verdict.registers().isEmpty() ? verdict.reason() : verdict.registers());
    }

    private static String rule(PeerRule rule) {
        return String.format(
                "%-11s %s: %s (%s%s)",
                label(rule.outcome()),
                rule.sentence(),
                rule.seen(),
                rule.file().name(),
                rule.basis() == Basis.INFERRED ? ", inferred" : "");
    }

    static String label(Rule.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
