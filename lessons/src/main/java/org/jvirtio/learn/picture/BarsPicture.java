package org.jvirtio.learn.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jvirtio.lab.picture.BarPictures;
import org.jvirtio.page.BarPiece;
import org.jvirtio.page.Markup;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.VirtioLayout;

/** Each BAR as a strip, to scale, with what every usable layout keeps there. */
public final class BarsPicture implements Picture {

    private static final int COLUMNS = 64;

    private final String name;
    private final List<Bar> bars;
    private final List<VirtioLayout> layouts;
    private final CapabilityList capabilities;

    private BarsPicture(PciFunction function) {
        name = function.name();
        bars = function.bars();
        layouts = LayoutChoice.everyLayout(function);
        capabilities = CapabilityList.of(function.config());
    }

    public static Picture of(PciFunction function) {
        return new BarsPicture(function);
    }

    @Override
    public String title() {
        return "BARs of " + name;
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Bar bar : bars) {
            lines.add(bar.toString());
            if (bar.lengthKnown()) {
                BarPictures.pieces(bar, layouts, capabilities).stream()
                        .sorted(Comparator.comparingLong(BarPiece::offset))
                        .forEach(piece -> lines.add(line(bar, piece)));
            }
        }
        return lines;
    }

    private static String line(Bar bar, BarPiece piece) {
        return String.format(
                "  |%s| %s %s, +0x%x%s",
                strip(bar, piece),
                piece.row(),
                piece.name(),
                piece.offset(),
                end(piece) > bar.length() ? ", past the end of the BAR" : "");
    }

    private static long end(BarPiece piece) {
        return piece.offset() + piece.length();
    }

    /**
     * Where the piece lies, one character for each 64th of the BAR; at least one, unless it lies
     * past the end, as a device can claim of MSI-X.
     */
    private static String strip(Bar bar, BarPiece piece) {
        int from = column(bar, piece.offset());
        int to = Math.min(COLUMNS, column(bar, end(piece) - 1) + 1);
        return ".".repeat(from) + "#".repeat(to - from) + ".".repeat(COLUMNS - to);
    }

    private static int column(Bar bar, long offset) {
        return (int) (Math.min(offset, bar.length()) * COLUMNS / bar.length());
    }

    @Override
    public void write(Markup page) {
        bars.stream()
                .filter(bar -> !bar.lengthKnown())
                .forEach(bar -> page.element("p", bar + ", of unknown length"));
        BarPictures.of(bars, layouts, capabilities).forEach(picture -> picture.write(page));
    }
}
