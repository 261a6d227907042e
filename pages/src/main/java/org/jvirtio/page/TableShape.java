package org.jvirtio.page;

import java.util.List;

/** The table of descriptors as squares, with a line from each to where its request goes on. */
final class TableShape {

    /** More would be smaller than a pointer can hit. */
    private static final int MOST = 1024;

    private static final int LEAST_NUMBERED = 22;

    private final List<RingEntry> table;
    private final double left;
    private final double top;
    private final int columns;
    private final double size;

    TableShape(List<RingEntry> table, double left, double top, double width, double height) {
        this.table = table;
        columns = Math.max(4, (int) Math.ceil(Math.sqrt(Math.min(table.size(), MOST))));
        size = Math.min(40, Math.min(width, height) / columns);
        int rows = (Math.min(table.size(), MOST) + columns - 1) / columns;
        this.left = left + (width - size * columns) / 2;
        this.top = top + (height - size * rows) / 2;
    }

    /** Of the first row; the table stands in the middle of its room. */
    double top() {
        return top;
    }

    void draw(Drawing drawing) {
        if (table.size() > MOST) {
            drawing.text("label", left, top + 20, table.size() + " descriptors are too many");
            return;
        }
        for (RingRuns.Run run : RingRuns.of(table)) {
            drawing.part(run.words("descriptor"), () -> cells(drawing, run));
        }
        table.stream()
                .filter(entry -> entry.state().isBusy())
                .filter(entry -> entry.next() >= 0 && entry.next() < table.size())
                .forEach(entry -> link(drawing, entry.index(), entry.next()));
    }

    private void cells(Drawing drawing, RingRuns.Run run) {
        for (RingEntry entry : run.entries()) {
            int index = entry.index();
            drawing.rectangle(
                    "entry " + entry.state().kind(), x(index), y(index), size - 2, size - 2);
            if (size >= LEAST_NUMBERED) {
                drawing.text(
                        "on middle small",
                        x(index) + size / 2 - 1,
                        y(index) + size / 2 + 3,
                        entry.number());
            }
        }
    }

    private void link(Drawing drawing, int from, int to) {
        drawing.line("link", centre(x(from)), centre(y(from)), centre(x(to)), centre(y(to)));
        drawing.circle("link", centre(x(to)), centre(y(to)), 3);
    }

    private double centre(double edge) {
        return edge + size / 2 - 1;
    }

    private double x(int index) {
        return left + size * (index % columns);
    }

    private double y(int index) {
        int row = index / columns;
        return top + size * row;
    }
}
