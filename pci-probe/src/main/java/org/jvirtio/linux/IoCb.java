package org.jvirtio.linux;

import org.jvirtio.Register;

/** {@code struct iocb} (io_submit(2), linux/aio_abi.h), 64 bytes; what is not named stays 0. */
enum IoCb implements Register {
    OPERATION(16, 2),
    FD(20, 4),
    FLAGS(56, 4),
    EVENT_FD(60, 4);

    static final int LENGTH = 64;

    /** {@code IOCB_CMD_PWRITE}. */
    static final int WRITE = 1;

    /** {@code IOCB_FLAG_RESFD}: its end raises {@link #EVENT_FD}. */
    static final int FLAG_EVENT = 1;

    private final int offset;
    private final int width;

    IoCb(int offset, int width) {
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
        return "io_submit(2)";
    }
}
