package org.jvirtio.linux;

import org.jvirtio.Register;

/** {@code struct epoll_event} (epoll_ctl(2)), 12 bytes: packed, on x86-64 only. */
enum EpollEvent implements Register {
    EVENTS(0, 4),
    DATA(4, 8);

    static final int LENGTH = 12;

    /** There is something to read. */
    static final int EPOLLIN = 1;

    /** Once for each time that it is raised, not for as long as it is. */
    static final int EPOLLET = 1 << 31;

    private final int offset;
    private final int width;

    EpollEvent(int offset, int width) {
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
        return "epoll_ctl(2)";
    }
}
