package org.jvirtio.cli.explain;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.cli.bench.report.Html;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.Candidate;
import org.jvirtio.pci.MsixCapability;
import org.jvirtio.pci.NamedWindow;
import org.jvirtio.pci.VirtioLayout;

/** Each BAR as a strip, with the windows of every layout that can be used, to scale. */
final class BarMap {

    /** A piece of a BAR; {@code layout} is empty for what belongs to none. */
    private record Piece(String layout, String label, int bar, long offset, long length) {}

    private static final int WIDTH = 960;
    private static final int STRIP = 26;
    private static final int LEAST_WIDTH = 6;
    private static final long MSIX_ENTRY = 16;

    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder svg = new StringBuilder();

    private BarMap(Explanation explanation) {
        for (Candidate candidate : explanation.choice().candidates()) {
            candidate.usable().ifPresent(this::windows);
        }
        explanation.capabilities().first(MsixCapability.class).ifPresent(this::msix);
    }

    /** Empty if no BAR has a known length. */
    static String of(Explanation explanation) {
        BarMap map = new BarMap(explanation);
        explanation.bars().stream().filter(Bar::lengthKnown).forEach(map::bar);
        return map.svg.toString();
    }

    private void windows(VirtioLayout layout) {
        for (NamedWindow named : NamedWindow.of(layout)) {
            pieces.add(
                    new Piece(
                            layout.label(),
                            named.name(),
                            named.window().bar().index(),
                            named.window().offset(),
                            named.window().length()));
        }
    }

    private void msix(MsixCapability msix) {
        long table = MSIX_ENTRY * msix.entries();
        pieces.add(new Piece("", "MSI-X table", msix.tableBar(), msix.tableOffset(), table));
        long pending = Math.max(8, msix.entries() / 8);
        pieces.add(new Piece("", "MSI-X PBA", msix.pendingBar(), msix.pendingOffset(), pending));
    }

    /** One row for each layout that uses the BAR, so that pieces of two layouts do not cover. */
    private void bar(Bar bar) {
        List<Piece> here =
                pieces.stream()
                        .filter(piece -> piece.bar() == bar.index())
                        .filter(piece -> piece.offset() < bar.length())
                        .toList();
        List<String> layouts = here.stream().map(Piece::layout).distinct().toList();
        int height = STRIP * Math.max(1, layouts.size());
        element(
                "p",
                String.format(
                        "BAR %d, %s, 0x%x bytes",
                        bar.index(), bar.space() == Bar.Space.IO ? "I/O" : "memory", bar.length()));
        svg.append(
                String.format(
                        "<svg viewBox=\"0 0 %d %d\" role=\"img\"><rect class=\"bar\" width=\"%d\""
                                + " height=\"%d\"/>",
                        WIDTH, height, WIDTH, height));
        for (Piece piece : here) {
            piece(piece, bar, STRIP * layouts.indexOf(piece.layout()));
        }
        svg.append("</svg>\n");
    }

    private void piece(Piece piece, Bar bar, int y) {
        double scale = (double) WIDTH / bar.length();
        double width = Math.max(LEAST_WIDTH, Math.min(piece.length(), bar.length()) * scale);
        double x = Math.min(piece.offset() * scale, WIDTH - width);
        String name =
                String.format(
                        "%s%s +0x%x, 0x%x bytes",
                        piece.layout().isEmpty() ? "" : piece.layout() + " ",
                        piece.label(),
                        piece.offset(),
                        piece.length());
        svg.append(
                String.format(
                        java.util.Locale.ROOT,
                        "<rect class=\"piece\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\">",
                        x,
                        y + 2,
                        width,
                        STRIP - 4));
        element("title", name);
        svg.append(
                String.format(
                        java.util.Locale.ROOT,
                        "</rect><text x=\"%.1f\" y=\"%d\">",
                        Math.min(x + 4, WIDTH - 8.0 * name.length() / 1.3),
                        y + STRIP - 9));
        svg.append(Html.escaped(width > 7 * name.length() ? name : piece.label()));
        svg.append("</text>");
    }

    private void element(String tag, String words) {
        svg.append('<').append(tag).append('>').append(Html.escaped(words));
        svg.append("</").append(tag).append(">\n");
    }
}
