package org.jvirtio.cli.explain;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.LayoutException;
import org.jvirtio.lab.peers.KernelVerdict;
import org.jvirtio.lab.peers.PeerText;
import org.jvirtio.pci.ChoiceText;
import org.jvirtio.pci.DecodedText;
import org.jvirtio.pci.LayoutChoice;

/** Prints an explanation for a terminal: what lspci shows, the choice, the others, the kernel. */
public final class ExplanationText {

    private ExplanationText() {}

    /** The lines, without line ends. */
    public static List<String> lines(Explanation explanation) {
        List<String> lines = new ArrayList<>(DecodedText.lines(explanation.decoded()));
        lines.add("");
        explanation.path().ifPresent(path -> lines.addAll(path.lines()));
        lines.addAll(ChoiceText.lines(explanation.choice()));
        refusal(explanation.choice(), lines);
        if (!explanation.verdicts().isEmpty()) {
            lines.add("");
            lines.addAll(PeerText.lines(explanation.verdicts()));
        }
        explanation.kernel().ifPresent(real -> kernel(explanation, real, lines));
        return lines;
    }

    private static void refusal(LayoutChoice choice, List<String> lines) {
        if (choice.layout().isPresent()) {
            return;
        }
        try {
            choice.require();
        } catch (LayoutException e) {
            lines.add("");
            lines.add(e.getMessage());
        }
    }

    private static void kernel(Explanation explanation, KernelVerdict real, List<String> lines) {
        lines.add("");
        lines.add("linux, beside the kernel of this machine, " + release());
        lines.add("  predicted  " + explanation.linux().label());
        lines.add("  real       " + real.decision().label());
        real.evidence().forEach(sentence -> lines.add("             " + sentence));
        real.log().forEach(message -> lines.add("  log        " + message));
        lines.add("  " + (explanation.kernelAgrees() ? "they agree" : "THEY DISAGREE"));
    }

    static String release() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version");
    }
}
