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
                "  |%s| %s %s, +0x%x",
                strip(bar, piece), piece.row(), piece.name(), piece.offset());
    }

    /** Where the piece lies, one character for each 64th of the BAR; at least one. */
    private static String strip(Bar bar, BarPiece piece) {
        int from = (int) (piece.offset() * COLUMNS / bar.length());
        long last = piece.offset() + piece.length() - 1;
        int to = (int) (last * COLUMNS / bar.length()) + 1;
        return ".".repeat(from) + "#".repeat(to - from) + ".".repeat(COLUMNS - to);
    }

    @Override
    public void write(Markup page) {
        bars.stream()
                .filter(bar -> !bar.lengthKnown())
                .forEach(bar -> page.element("p", bar + ", of unknown length"));
        BarPictures.of(bars, layouts, capabilities).forEach(picture -> picture.write(page));
    }
}
