package org.jvirtio.linux;

import org.jvirtio.Register;

/** {@code struct pollfd} (poll(2)), 8 bytes. */
public enum PollFd implements Register {
    FD(0, 4),
    EVENTS(4, 2),
    REVENTS(6, 2);

    public static final int LENGTH = 8;

    /** There is something to read. */
    public static final int POLLIN = 1;

    /** There is room to write. */
    public static final int POLLOUT = 4;

    /** The other end is closed; reported whether asked for or not. */
    public static final int POLLHUP = 0x10;

    private final int offset;
    private final int width;

    PollFd(int offset, int width) {
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
        return "poll(2)";
    }
}
