package org.jvirtio.page;

import java.util.List;
import java.util.function.Predicate;

/**
 * One BAR to scale: a row for each layout that uses it, below them where two pieces share bytes and
 * where nothing is.
 *
 * <pre>
 *   virtio1    [common]      [doorbells]   [isr]
 *   MSI-X                                        [table]
 *   overlaps
 *   gaps               ------           ---     -       ------
 *              0x0          0x1000       0x2000        0x4000
 * </pre>
 */
public final class BarPicture {

    private static final int LEFT = 110;
    private static final int RIGHT = 20;
    private static final int WIDTH = Drawing.WIDTH - LEFT - RIGHT;
    private static final int ROW = 30;
    private static final int AXIS = 30;
    private static final int TICKS = 4;

    /** What is narrower could not be seen, or hit. */
    private static final int LEAST_WIDTH = 4;

    private static final double LETTER = 7.2;
    private static final int COLOURS = 8;

    private final String title;
    private final long length;
    private final List<BarPiece> pieces;
    private final List<String> rows;
    private final List<BarSpans.Span> spans;

    /**
     * Describes a picture.
     *
     * @param title {@code BAR 4, memory, 0x4000 bytes}
     * @param length bytes of the BAR
     * @param pieces may reach past its end, which a device can claim
     */
    public BarPicture(String title, long length, List<BarPiece> pieces) {
        if (length < 1) {
            throw new IllegalArgumentException("a BAR of " + length + " bytes");
        }
        this.title = title;
        this.length = length;
        this.pieces = pieces.stream().filter(piece -> piece.offset() < length).toList();
        rows = this.pieces.stream().map(BarPiece::row).distinct().toList();
        spans = BarSpans.of(length, this.pieces);
    }

    public void write(Markup page) {
        boolean overlaps = spans.stream().anyMatch(BarSpans.Span::isOverlap);
        int height = ROW * (rows.size() + (overlaps ? 2 : 1)) + AXIS;
        Drawing drawing = new Drawing(title, height);
        for (int i = 0; i < rows.size(); i++) {
            row(drawing, i);
        }
        int y = ROW * rows.size();
        if (overlaps) {
            drawing.text("label", 0, y + 19, "overlaps");
            spans(drawing, BarSpans.Span::isOverlap, "overlap", y);
            y += ROW;
        }
        drawing.text("label", 0, y + 19, "gaps");
        spans(drawing, BarSpans.Span::isGap, "gap", y);
        axis(drawing, y + ROW);
        page.element("h3", title);
        drawing.into(page);
    }

    private void row(Drawing drawing, int row) {
        int y = ROW * row;
        drawing.text("label", 0, y + 19, rows.get(row));
        drawing.line("grid", LEFT, y + ROW - 1, LEFT + WIDTH, y + ROW - 1);
        for (BarPiece piece : pieces) {
            if (piece.row().equals(rows.get(row))) {
                piece(drawing, piece, y);
            }
        }
    }

    private void piece(Drawing drawing, BarPiece piece, int y) {
        String past = piece.end() > length ? ", which reaches past the end of the BAR" : "";
        String words = piece.name();
        drawing.part(
                piece + past,
                () -> {
                    double width = shape(drawing, colour(piece), piece.offset(), piece.end(), y);
                    if (LETTER * words.length() + 10 < width) {
                        drawing.text("on", x(piece.offset(), width) + 5, y + 19, words);
                    }
                });
    }

    private String colour(BarPiece piece) {
        return "piece c" + pieces.indexOf(piece) % COLOURS;
    }

    private void spans(Drawing drawing, Predicate<BarSpans.Span> which, String kind, int y) {
        spans.stream()
                .filter(which)
                .forEach(
                        span ->
                                drawing.part(
                                        span.toString(),
                                        () -> shape(drawing, kind, span.begin(), span.end(), y)));
    }

    /** Draws bytes to scale; returns how wide they came out. */
    private double shape(Drawing drawing, String kind, long begin, long end, int y) {
        double width = Math.max(LEAST_WIDTH, scaled(Math.min(end, length)) - scaled(begin));
        drawing.rectangle(kind, x(begin, width), y + 3, width, ROW - 7);
        return width;
    }

    private double x(long offset, double width) {
        return LEFT + Math.min(scaled(offset), WIDTH - width);
    }

    private double scaled(long offset) {
        return (double) WIDTH * offset / length;
    }

    private void axis(Drawing drawing, int y) {
        for (int tick = 0; tick <= TICKS; tick++) {
            double x = LEFT + (double) WIDTH * tick / TICKS;
            drawing.line("axis", x, y, x, y + 6);
            String anchor = tick == 0 ? "tick first" : tick == TICKS ? "tick last" : "tick";
            drawing.text(anchor, x, y + 20, String.format("0x%x", length / TICKS * tick));
        }
        drawing.line("axis", LEFT, y, LEFT + WIDTH, y);
    }
}
