package org.jvirtio.pci;

import java.util.ArrayList;
import java.util.List;

/**
 * Remarks on windows that share bytes; a driver can live with them, a device author wants to know.
 */
final class Overlaps {

    private record Span(String name, int bar, long offset, long length) {

        boolean meets(Span that) {
            return bar == that.bar
                    && (offset <= that.offset
                            ? that.offset - offset < length
                            : offset - that.offset < that.length);
        }

        @Override
        public String toString() {
            return name + " (BAR" + bar + "+" + Hex.of(offset) + ", " + Hex.of(length) + " bytes)";
        }
    }

    private final List<Span> spans = new ArrayList<>(6);

    void add(String name, Window window) {
        spans.add(new Span(name, window.bar().index(), window.offset(), window.length()));
    }

    void add(MsixCapability msix) {
        spans.add(new Span("MSI-X table", msix.tableBar(), msix.tableOffset(), msix.tableLength()));
        spans.add(
                new Span(
                        "MSI-X pending bits",
                        msix.pendingBar(),
                        msix.pendingOffset(),
                        msix.pendingLength()));
    }

    void examine(Checks checks) {
        checks.on(Words.of("the windows together"));
        for (int i = 0; i < spans.size(); i++) {
            for (int j = i + 1; j < spans.size(); j++) {
                if (spans.get(i).meets(spans.get(j))) {
                    checks.note(
                            "windows do not overlap",
                            "our rule; a driver reads one and writes the other",
                            Words.of(spans.get(i), " meets ", spans.get(j)));
                }
            }
        }
        checks.conclude(
                Words.of(checks.nothingRecorded() ? "no two overlap" : "some overlap; go on"));
    }
}
