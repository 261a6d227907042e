package org.jvirtio.model;

import java.util.function.IntConsumer;

/**
 * The configuration of a console model (virtio 1.4 section 5.3.4). Only emerg_wr can be written,
 * and that "at any time, even before any initialization" (section 5.3.5.1).
 */
final class ConsoleConfig extends ModelConfig {

    private final IntConsumer emergency;

    /**
     * Makes the configuration.
     *
     * @param emergency takes each byte that is written in an emergency
     */
    ConsoleConfig(ConsoleOptions options, IntConsumer emergency) {
        super(ConsoleField.LENGTH, ConsoleField.values());
        this.emergency = emergency;
        size(options.cols(), options.rows());
        put(ConsoleField.MAX_NR_PORTS, options.offersMultiport() ? options.ports() : 0);
    }

    void size(int cols, int rows) {
        put(ConsoleField.COLS, cols);
        put(ConsoleField.ROWS, rows);
    }

    @Override
    boolean takesEarly(int offset) {
        return offset == ConsoleField.EMERG_WR.offset();
    }

    @Override
    protected boolean write(int offset, int width, int value) {
        boolean valid =
                offset == ConsoleField.EMERG_WR.offset() && width == ConsoleField.EMERG_WR.width();
        if (valid) {
            emergency.accept(value & 0xff);
        }
        return valid;
    }
}
