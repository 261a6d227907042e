package org.jvirtio.page;

import java.util.List;
import java.util.Locale;

/**
 * Steps one below the other along an axis of time, to scale: reads above the line of a step, writes
 * below it, and under the picture every moment in words.
 *
 * <pre>
 *   1 reset         w-r
 *   2 ACKNOWLEDGE       w
 *   4 features           w-r-w-r
 *                   0 ms           1 ms           2 ms
 * </pre>
 */
public final class TimeLine {

    private static final int LEFT = 200;
    private static final int RIGHT = 30;
    private static final int WIDTH = Drawing.WIDTH - LEFT - RIGHT;
    private static final int ROW = 28;
    private static final int AXIS = 34;
    private static final int TICKS = 4;
    private static final int TICK_HEIGHT = 8;
    private static final int LEAST_WIDTH = 4;
    private static final double NANOS_PER_MILLI = 1e6;

    private final String title;
    private final List<TimeStep> steps;
    private final long begin;
    private final long length;

    /** Steps without a moment are left out: they took no time that anybody saw. */
    public TimeLine(String title, List<TimeStep> steps) {
        this.title = title;
        this.steps = steps.stream().filter(step -> !step.moments().isEmpty()).toList();
        begin = this.steps.stream().mapToLong(TimeStep::begin).min().orElse(0);
        long end = this.steps.stream().mapToLong(TimeStep::end).max().orElse(0);
        length = Math.max(1, end - begin);
    }

    public void write(Markup page) {
        Drawing drawing = new Drawing(title, ROW * steps.size() + AXIS);
        axis(drawing, ROW * steps.size());
        for (int i = 0; i < steps.size(); i++) {
            step(drawing, steps.get(i), ROW * i);
        }
        drawing.into(page);
        words(page);
    }

    private void step(Drawing drawing, TimeStep step, int y) {
        drawing.part(
                summary(step),
                () -> {
                    double x = x(step.begin());
                    double width = Math.max(LEAST_WIDTH, x(step.end()) - x);
                    drawing.rectangle("hit", 0, y, Drawing.WIDTH, ROW);
                    drawing.text("label", 4, y + 18, step.label());
                    drawing.rectangle("span", x - 2, y + ROW / 2.0 - 2, width + 4, 4);
                    step.moments().forEach(moment -> moment(drawing, moment, y + ROW / 2.0));
                });
    }

    private String summary(TimeStep step) {
        return String.format(
                Locale.ROOT,
                "%s: %s; reads %d, writes %d, from %s to %s ms",
                step.label(),
                step.detail(),
                step.count(TimeStep.Kind.READ),
                step.count(TimeStep.Kind.WRITE),
                millis(step.begin() - begin),
                millis(step.end() - begin));
    }

    private void moment(Drawing drawing, TimeStep.Moment moment, double middle) {
        double x = x(moment.nanos());
        switch (moment.kind()) {
            case READ -> drawing.line("read", x, middle - TICK_HEIGHT, x, middle);
            case WRITE -> drawing.line("write", x, middle, x, middle + TICK_HEIGHT);
            case OTHER -> drawing.circle("other", x, middle, 3);
        }
    }

    private void axis(Drawing drawing, int y) {
        for (int tick = 0; tick <= TICKS; tick++) {
            double x = LEFT + (double) WIDTH * tick / TICKS;
            drawing.line("grid", x, 0, x, y + 6);
            drawing.text(
                    tick == TICKS ? "tick last" : "tick",
                    x,
                    y + 20,
                    millis(length * tick / TICKS) + " ms");
        }
        drawing.line("axis", LEFT, y, LEFT + WIDTH, y);
        drawing.text("small", 4, y + 20, "reads above, writes below");
    }

    private double x(long nanos) {
        return LEFT + (double) WIDTH * (nanos - begin) / length;
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / NANOS_PER_MILLI);
    }

    private void words(Markup page) {
        page.open("details").element("summary", "every access, in words");
        page.open("pre", "tabindex", "0");
        for (TimeStep step : steps) {
            page.text(step.label()).line();
            for (TimeStep.Moment moment : step.moments()) {
                String time = millis(moment.nanos() - begin);
                page.text(String.format("%12s ms  %s", time, moment.words())).line();
            }
        }
        page.close().close();
    }
}
