package org.jvirtio.device;

import org.jvirtio.Register;

/**
 * The fields of a control message.
 *
 * <pre>
 *   0 port (4) | 4 event (2) | 6 value (2) | 8 name, or columns (2) and rows (2)
 * </pre>
 *
 * <p>In the guest's own byte order for a legacy device, which on every machine this runs on is the
 * same.
 */
enum ConsoleField implements Register {
    ID(0, 4),
    EVENT(4, 2),
    VALUE(6, 2),
    RESIZE_COLS(8, 2),
    RESIZE_ROWS(10, 2);

    /** Of every message; what follows depends on the event. */
    static final int HEADER_BYTES = 8;

    static final int RESIZE_BYTES = 12;

    private final int offset;
    private final int width;

    ConsoleField(int offset, int width) {
        this.offset = offset;
        this.width = width;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public String source() {
        return "virtio 1.4 section 5.3.6.2";
    }
}
