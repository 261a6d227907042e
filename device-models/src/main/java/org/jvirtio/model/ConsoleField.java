package org.jvirtio.model;

import org.jvirtio.Register;

/** Configuration of a console device (virtio 1.4 section 5.3.4), little-endian. */
enum ConsoleField implements Register {
    COLS(0, 2),
    ROWS(2, 2),
    MAX_NR_PORTS(4, 4),

    /** Write-only: its low byte is output at once. */
    EMERG_WR(8, 4);

    static final int LENGTH = 12;

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
        return "virtio 1.4 section 5.3.4";
    }
}
