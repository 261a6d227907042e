package org.jvirtio.cli.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

    private final StringBuilder svg = new StringBuilder();
    private final List<Cell> cells;
    private final List<String> measured;
    private final double most;

    private Plot(List<Cell> cells) {
        this.cells = cells;
        this.measured =
                cells.stream()
                        .flatMap(cell -> cell.samples().keySet().stream())
                        .distinct()
                        .toList();
        this.most = niceAbove(cells.stream().mapToDouble(Plot::mostOf).max().orElse(1));
    }

    static String of(String title, List<Cell> cells) {
        Plot plot = new Plot(cells);
        plot.draw(title);
        return plot.svg.toString();
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

    private void draw(String title) {
        int lines = cells.stream().mapToInt(cell -> cell.samples().size()).sum();
        int height = lines * LINE + cells.size() * 6 + 34;
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                        LABEL + WIDTH + 60,
                        height,
                        Html.escaped(title)));
        axis(height - 26);
        int y = 14;
        for (Cell cell : cells) {
            text("cell", 0, y, parameters(cell));
            for (String who : cell.samples().keySet()) {
                row(who, cell.spread(who).orElseThrow(), y);
                y += LINE;
            }
            y += 6;
        }
        svg.append("</svg>\n");
    }

    private void axis(int bottom) {
        for (int tick = 0; tick <= TICKS; tick++) {
            double value = most * tick / TICKS;
            line("grid", x(value), 0, x(value), bottom);
            text("tick", x(value), bottom + 18, Amount.of(value));
        }
    }

    private void row(String who, Spread spread, int y) {
        String kind = "peer" + Math.min(measured.indexOf(who), 4);
        text(kind, LABEL - 90, y, who);
        line(kind, x(spread.min()), y - 4, x(spread.max()), y - 4);
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%d\" r=\"4\"><title>%s</title></circle>%n",
                        kind,
                        x(spread.median()),
                        y - 4,
                        Html.escaped(who + " " + spread)));
    }

    private void line(String kind, double fromX, int fromY, double toX, int toY) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<line class=\"%s\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n",
                        kind,
                        fromX,
                        fromY,
                        toX,
                        toY));
    }

    private void text(String kind, double x, int y, String words) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<text class=\"%s\" x=\"%.1f\" y=\"%d\">%s</text>%n",
                        kind,
                        x,
                        y,
                        Html.escaped(words)));
    }

    private static double x(double value, double most) {
        return LABEL + WIDTH * value / most;
    }

    private double x(double value) {
        return x(Math.max(0, value), most);
    }

    private static String parameters(Cell cell) {
        List<String> words = new ArrayList<>();
        cell.parameters().forEach((name, value) -> words.add(name + " " + value));
        return String.join(", ", words);
    }
}
