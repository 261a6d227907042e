package org.jvirtio.cli.bench.report;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.page.Drawing;
import org.jvirtio.page.Markup;

/**
 * The cells of one table as SVG: a line from the least to the most with a dot at the median, for
 * ours and for each peer, one below the other.
 *
 * <pre>
 *   batch 1     jvirtio  |      --o---
 *               C        |     ---o--
 *   batch 32    jvirtio  |                  --o-
 *                        0         50        100 M/s
 * </pre>
 */
final class Plot {

    private static final int LABEL = 330;
    private static final int WIDTH = 560;
    private static final int LINE = 18;
    private static final int TICKS = 5;

    private final List<Cell> cells;
    private final List<String> measured;
    private final double most;

    Plot(List<Cell> cells) {
        this.cells = cells;
        this.measured =
                cells.stream()
                        .flatMap(cell -> cell.samples().keySet().stream())
                        .distinct()
                        .toList();
        this.most = niceAbove(cells.stream().mapToDouble(Plot::mostOf).max().orElse(1));
    }

    private static double mostOf(Cell cell) {
        return cell.samples().values().stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }

    /** 1, 2 or 5 times a power of ten, so that the axis has round numbers. */
    static double niceAbove(double value) {
        if (!(value > 0)) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (int step : new int[] {1, 2, 5}) {
            if (value <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    void draw(Markup page, String title) {
        int lines = cells.stream().mapToInt(cell -> cell.samples().size()).sum();
        int height = lines * LINE + cells.size() * 6 + 34;
        Drawing drawing = new Drawing(title, height);
        axis(drawing, height - 26);
        int y = 14;
        for (Cell cell : cells) {
            drawing.text("cell", 0, y, parameters(cell));
            for (String who : cell.samples().keySet()) {
                row(drawing, who, cell.spread(who).orElseThrow(), y);
                y += LINE;
            }
            y += 6;
        }
        drawing.into(page);
    }

    private void axis(Drawing drawing, int bottom) {
        for (int tick = 0; tick <= TICKS; tick++) {
            double value = most * tick / TICKS;
            drawing.line("grid", x(value), 0, x(value), bottom);
            drawing.text("tick", x(value), bottom + 18, Amount.of(value));
        }
    }

    private void row(Drawing drawing, String who, Spread spread, int y) {
        String kind = "peer" + Math.min(measured.indexOf(who), 4);
        drawing.part(
                who + " " + spread,
                () -> {
                    drawing.rectangle("hit", LABEL - 100, y - 13, WIDTH + 130, LINE);
                    drawing.text(kind, LABEL - 90, y, who);
                    drawing.line(kind, x(spread.min()), y - 4, x(spread.max()), y - 4);
                    drawing.circle(kind, x(spread.median()), y - 4, 4);
                });
    }

    private double x(double value) {
        return LABEL + WIDTH * Math.max(0, value) / most;
    }

    private static String parameters(Cell cell) {
        List<String> words = new ArrayList<>();
        cell.parameters().forEach((name, value) -> words.add(name + " " + value));
        return String.join(", ", words);
    }
}
