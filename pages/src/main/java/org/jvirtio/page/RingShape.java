package org.jvirtio.page;

import java.util.List;

/** One ring around a place: segments for its runs of entries, and hands with letters. */
final class RingShape {

    private static final double OUTER = 125;
    private static final double INNER = 92;
    private static final double BADGE = 140;
    private static final double BADGE_STEP = 20;

    /** Of a circle; a segment of a whole one would end where it starts, and be nothing. */
    private static final double MOST_OF_A_CIRCLE = 0.9999;

    /** So many places have room for their numbers; of more, the busy ones are drawn as wide. */
    private static final int MOST_NUMBERED = 32;

    /** Letters nearer than this would cover each other. */
    private static final double LETTER_TURN = 0.03;

    private final Ring ring;
    private final List<RingRuns.Run> runs;
    private final double x;
    private final double y;

    /** Where each place begins, and the last ends; parts of a turn. */
    private final double[] turns;

    RingShape(Ring ring, double x, double y) {
        this.ring = ring;
        this.runs = RingRuns.of(ring.entries());
        this.x = x;
        this.y = y;
        turns = turns();
    }

    static boolean isWidened(Ring ring) {
        return ring.entries().size() > MOST_NUMBERED
                && RingRuns.of(ring.entries()).stream().anyMatch(RingRuns.Run::standsOut);
    }

    private double[] turns() {
        int count = ring.entries().size();
        double[] edges = new double[count + 1];
        double wide = Math.max(1, (double) count / MOST_NUMBERED);
        for (RingRuns.Run run : runs) {
            double width = run.standsOut() ? wide : 1;
            for (int place = run.first(); place < run.end(); place++) {
                edges[place + 1] = edges[place] + width;
            }
        }
        double all = edges[count];
        for (int place = 0; place <= count; place++) {
            edges[place] /= all;
        }
        return edges;
    }

    void draw(Drawing drawing) {
        for (RingRuns.Run run : runs) {
            drawing.part(run.words(ring.title() + ", place"), () -> segment(drawing, run));
        }
        drawing.text("tick strong", x, y - 34, ring.title());
        drawing.text("tick", x, y - 16, ring.entries().size() + " places");
        for (int i = 0; i < ring.hands().size(); i++) {
            hand(drawing, i);
        }
    }

    private void segment(Drawing drawing, RingRuns.Run run) {
        double begin = turns[run.first()];
        double end = begin + Math.min(MOST_OF_A_CIRCLE, turns[run.end()] - begin);
        String large = end - begin > 0.5 ? "1" : "0";
        drawing.path(
                "entry " + run.state().kind(),
                "M"
                        + point(begin, OUTER)
                        + arc(OUTER, large, "1", end)
                        + "L"
                        + point(end, INNER)
                        + arc(INNER, large, "0", begin)
                        + "Z");
        if (ring.entries().size() <= MOST_NUMBERED || run.standsOut()) {
            run.entries().forEach(entry -> number(drawing, entry));
        }
    }

    private void number(Drawing drawing, RingEntry entry) {
        int index = entry.index();
        double middle = (turns[index] + turns[index + 1]) / 2;
        double radius = (OUTER + INNER) / 2;
        drawing.text(
                "on middle small",
                x + radius * Math.sin(angle(middle)),
                y - radius * Math.cos(angle(middle)) + 4,
                entry.number());
    }

    /** The letter stands outside, where its place begins; what it means, in the middle. */
    private void hand(Drawing drawing, int index) {
        Ring.Hand hand = ring.hands().get(index);
        long before = before(ring.hands().subList(0, index), turns[hand.place()]);
        double radius = BADGE + BADGE_STEP * before;
        double at = angle(turns[hand.place()]);
        String letter = String.valueOf((char) ('a' + index));
        drawing.line(
                "axis",
                x + INNER * Math.sin(at),
                y - INNER * Math.cos(at),
                x + (radius - 9) * Math.sin(at),
                y - (radius - 9) * Math.cos(at));
        double badgeX = x + radius * Math.sin(at);
        double badgeY = y - radius * Math.cos(at);
        drawing.circle("badge", badgeX, badgeY, 9);
        drawing.text("badge", badgeX, badgeY + 4, letter);
        drawing.text("tick small", x, y + 6 + 16 * index, letter + "  " + hand.label());
    }

    private long before(List<Ring.Hand> hands, double turn) {
        return hands.stream()
                .filter(other -> Math.abs(turns[other.place()] - turn) < LETTER_TURN)
                .count();
    }

    private String arc(double radius, String large, String sweep, double end) {
        String size = Drawing.number(radius);
        return "A" + size + " " + size + " 0 " + large + " " + sweep + " " + point(end, radius);
    }

    private String point(double turn, double radius) {
        return Drawing.number(x + radius * Math.sin(angle(turn)))
                + " "
                + Drawing.number(y - radius * Math.cos(angle(turn)));
    }

    private static double angle(double turn) {
        return 2 * Math.PI * turn;
    }
}
