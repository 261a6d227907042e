package org.jvirtio.learn.picture;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.MsixCapability;
import org.jvirtio.pci.NamedWindow;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;

/** Each BAR as a strip, to scale, with what every usable layout keeps there. */
public final class BarPicture implements Picture {

    /** Something in a BAR; {@code owner} is a layout, or MSI-X. */
    private record Piece(String owner, String name, int bar, long offset, long length) {}

    /** Every layout that can be used is drawn, whichever would be chosen. */
    private static final List<Policy> ONE_EACH =
            List.of(Policy.parse("virtio1"), Policy.parse("register-set"), Policy.parse("legacy"));

    private static final int COLUMNS = 64;
    private static final int PIXELS = 640;
    private static final long MSIX_ENTRY = 16;
    private static final int PENDING_WORD = 8;

    private final String name;
    private final List<Bar> bars;
    private final List<Piece> pieces = new ArrayList<>();

    private BarPicture(PciFunction function) {
        name = function.name();
        bars = function.bars();
        for (Policy policy : ONE_EACH) {
            LayoutChoice.of(function, policy)
                    .layout()
                    .ifPresent(layout -> add(layout.label(), NamedWindow.of(layout)));
        }
        CapabilityList.of(function.config()).first(MsixCapability.class).ifPresent(this::add);
    }

    public static Picture of(PciFunction function) {
        return new BarPicture(function);
    }

    private void add(String layout, List<NamedWindow> windows) {
        for (NamedWindow each : windows) {
            int bar = each.window().bar().index();
            pieces.add(
                    new Piece(
                            layout,
                            each.name(),
                            bar,
                            each.window().offset(),
                            each.window().length()));
        }
    }

    private void add(MsixCapability msix) {
        long table = MSIX_ENTRY * msix.entries();
        long pending = PENDING_WORD * ((msix.entries() + 63L) / 64);
        pieces.add(new Piece("MSI-X", "table", msix.tableBar(), msix.tableOffset(), table));
        pieces.add(
                new Piece(
                        "MSI-X", "pending bits", msix.pendingBar(), msix.pendingOffset(), pending));
    }

    private List<Piece> in(Bar bar) {
        return pieces.stream()
                .filter(piece -> piece.bar() == bar.index())
                .sorted((a, b) -> Long.compare(a.offset(), b.offset()))
                .toList();
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Bar bar : bars) {
            lines.add(bar.toString());
            if (!bar.lengthKnown()) {
                continue;
            }
            for (Piece piece : in(bar)) {
                lines.add("  |" + strip(bar, piece) + "| " + words(piece));
            }
        }
        return lines;
    }

    /** Where the piece lies, one character for each 64th of the BAR; at least one. */
    private static String strip(Bar bar, Piece piece) {
        int from = (int) (piece.offset() * COLUMNS / bar.length());
        long last = piece.offset() + piece.length() - 1;
        int to = (int) (last * COLUMNS / bar.length()) + 1;
        return ".".repeat(from) + "#".repeat(to - from) + ".".repeat(COLUMNS - to);
    }

    private static String words(Piece piece) {
        return String.format("%s %s, +0x%x", piece.owner(), piece.name(), piece.offset());
    }

    @Override
    public String svg() {
        Svg svg = new Svg("BARs of " + name);
        int y = 0;
        for (Bar bar : bars) {
            svg.words("head", 0, y + 16, bar.toString());
            y += 24;
            if (bar.lengthKnown()) {
                for (Piece piece : in(bar)) {
                    piece(svg, bar, piece, y);
                    y += 26;
                }
            }
            y += 10;
        }
        return svg.toString();
    }

    private static void piece(Svg svg, Bar bar, Piece piece, int y) {
        double scale = (double) PIXELS / bar.length();
        double width = Math.max(4, piece.length() * scale);
        svg.box("bar", 0, y, PIXELS, 22);
        svg.box("piece", Math.min(piece.offset() * scale, PIXELS - width), y, width, 22);
        svg.words("mono", PIXELS + 10, y + 16, words(piece));
    }
}
