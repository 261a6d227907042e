package org.jvirtio.pci;

import java.util.ArrayList;
import java.util.List;

/** Prints a decoded function in the form of {@code lspci -n -vv}. */
public final class DecodedText {

    private DecodedText() {}

    /** The lines, without line ends; indented by tabs as those of lspci. */
    public static List<String> lines(DecodedFunction function) {
        List<String> lines = new ArrayList<>();
        lines.add(function.name() + " " + function.title());
        for (DecodedLine line : function.header()) {
            lines.add("\t" + line.text());
        }
        for (DecodedCapability capability : function.capabilities()) {
            lines.add(
                    String.format(
                            "\tCapabilities: [%02x] %s",
                            capability.configOffset(), capability.title()));
            for (DecodedLine line : capability.lines()) {
                lines.add("\t\t" + line.text());
            }
        }
        for (String note : function.notes()) {
            lines.add("\tNote: " + note);
        }
        return lines;
    }
}
