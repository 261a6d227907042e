package org.jvirtio.page;

import java.util.Locale;

/**
 * One place of a ring or of a table.
 *
 * @param words what lies in it
 * @param next the place of the same table where its request goes on; {@link #NONE} if it does not
 * @param changed it held something else in the picture before
 */
public record RingEntry(int index, State state, String words, int next, boolean changed) {

    public static final int NONE = -1;

    /** Whose it is. */
    public enum State {
        /** Never used, or taken back by the driver. */
        FREE("free"),
        /** Laid out by the driver and not yet shown to the device. */
        OFFERED("offered, not shown"),
        /** With the device. */
        IN_FLIGHT("in flight"),
        /** Used by the device; the driver has not looked yet. */
        USED("used, not harvested"),
        /** What is left of a lap before. */
        OLD("left over");

        private final String label;

        State(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }

        boolean isBusy() {
            return this != FREE && this != OLD;
        }

        /** The class in the style sheet. */
        String kind() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public RingEntry {
        if (index < 0) {
            throw new IllegalArgumentException("entry " + index);
        }
    }

    /** An entry of a picture that has none before it. */
    public RingEntry(int index, State state, String words, int next) {
        this(index, state, words, next, false);
    }

    RingEntry since(RingEntry before) {
        return new RingEntry(index, state, words, next, !words.equals(before.words));
    }

    /** Whoever looks at the picture should see this one for itself. */
    boolean standsOut() {
        return state.isBusy() || changed;
    }

    /** Its number, with a mark if it changed. */
    String number() {
        return index + (changed ? "*" : "");
    }
}
