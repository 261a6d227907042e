package org.jvirtio.model;

/**
 * How a console model looks, apart from what its ports are connected to. Every method changes one
 * option and returns this object.
 */
public final class ConsoleOptions {

    /** Two queues each, and the control queues, stay below the 65535 that can be notified. */
    private static final int MOST_PORTS = 1024;

    private static final int MOST_CELLS = 65535;

    private int ports = 1;
    private int cols = 80;
    private int rows = 25;

    /** Ports; more than one are offered as MULTIPORT. */
    public ConsoleOptions ports(int count) {
        ports = checked("ports", count, 1, MOST_PORTS);
        return this;
    }

    /** Characters of a line and lines of the screen, offered as SIZE; 0 and 0 offer none. */
    public ConsoleOptions size(int columns, int lines) {
        cols = checked("cols", columns, 0, MOST_CELLS);
        rows = checked("rows", lines, 0, MOST_CELLS);
        return this;
    }

    int ports() {
        return ports;
    }

    int cols() {
        return cols;
    }

    int rows() {
        return rows;
    }

    boolean offersSize() {
        return cols > 0 && rows > 0;
    }

    boolean offersMultiport() {
        return ports > 1;
    }

    private static int checked(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    String.format(
                            "setting %s=%d: outside %d to %d. Choose one between them.",
                            option, value, least, most));
        }
        return value;
    }
}
