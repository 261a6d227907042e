package org.jvirtio.page;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A queue at one moment: each ring as a ring, running clockwise from place 0 at the top, the table
 * of descriptors between them, and in every place the colour of whose it is.
 *
 * <pre>
 *      a              0 1 2 3
 *    .-*-.            4 5 6 7          .-*-.
 *   *     *           8 9 ...         *     *
 *    '-*-'                             '-*-'
 *   available        descriptors        used
 * </pre>
 */
public final class RingPicture {

    private static final int HEIGHT = 350;
    private static final int LEGEND = 34;
    private static final int TABLE_WIDTH = 270;
    private static final int TABLE_HEIGHT = 270;

    private final String title;
    private final List<Ring> rings;
    private final List<RingEntry> table;

    /**
     * Describes a picture.
     *
     * @param rings one or two
     * @param table empty if there is none besides
     */
    public RingPicture(String title, List<Ring> rings, List<RingEntry> table) {
        if (rings.isEmpty() || rings.size() > 2) {
            throw new IllegalArgumentException(rings.size() + " rings; one or two are drawn");
        }
        this.title = title;
        this.rings = List.copyOf(rings);
        this.table = List.copyOf(table);
    }

    /**
     * The same queue a moment later: what holds something else than in {@code before} is marked.
     *
     * @throws IllegalArgumentException if the other is of another shape
     */
    public RingPicture since(RingPicture before) {
        return new RingPicture(
                title,
                Ring.since(rings, before.rings, Ring::since),
                Ring.since(table, before.table, RingEntry::since));
    }

    public void write(Markup page) {
        Drawing drawing = new Drawing(title, HEIGHT + LEGEND);
        double middle = HEIGHT / 2.0;
        if (rings.size() == 1) {
            new RingShape(rings.get(0), Drawing.WIDTH / 2.0, middle).draw(drawing);
        } else {
            new RingShape(rings.get(0), 175, middle).draw(drawing);
            table(drawing);
            new RingShape(rings.get(1), Drawing.WIDTH - 175.0, middle).draw(drawing);
        }
        legend(drawing);
        drawing.into(page);
    }

    private void table(Drawing drawing) {
        double left = (Drawing.WIDTH - TABLE_WIDTH) / 2.0;
        double top = (HEIGHT - TABLE_HEIGHT) / 2.0;
        TableShape shape = new TableShape(table, left, top, TABLE_WIDTH, TABLE_HEIGHT);
        drawing.text("tick", Drawing.WIDTH / 2.0, shape.top() - 12, "descriptors");
        shape.draw(drawing);
    }

    private void legend(Drawing drawing) {
        double x = 10;
        for (RingEntry.State state : seen()) {
            drawing.rectangle("entry " + state.kind(), x, HEIGHT + 8, 14, 14);
            drawing.text("label", x + 20, HEIGHT + 20, state.label());
            x += 50 + 7.5 * state.label().length();
        }
        if (rings.stream().anyMatch(RingShape::isWidened)) {
            drawing.text("label", x, HEIGHT + 20, "(busy places are drawn wider)");
            x += 210;
        }
        if (entries().stream().anyMatch(RingEntry::changed)) {
            drawing.text("label", x, HEIGHT + 20, "* changed");
        }
    }

    private Set<RingEntry.State> seen() {
        Set<RingEntry.State> seen = EnumSet.noneOf(RingEntry.State.class);
        entries().forEach(entry -> seen.add(entry.state()));
        return seen;
    }

    private List<RingEntry> entries() {
        List<RingEntry> all = new ArrayList<>(table);
        rings.forEach(ring -> all.addAll(ring.entries()));
        return all;
    }
}
