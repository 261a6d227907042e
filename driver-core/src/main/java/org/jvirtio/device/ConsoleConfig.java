package org.jvirtio.device;

import org.jvirtio.Register;

/** The configuration of a console device (virtio 1.4 section 5.3.4). */
public enum ConsoleConfig implements Register {
    /** Characters of a line. */
    COLS(0, 2),
    /** Lines of the screen. */
    ROWS(2, 2),
    MAX_NR_PORTS(4, 4),
    /** Its low byte is output at once; may be written before anything else is (5.3.5.1). */
    EMERG_WR(8, 4);

    private final int offset;
    private final int width;

    ConsoleConfig(int offset, int width) {
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
        return "virtio 1.4 section 5.3.4";
    }
}
