package org.jvirtio.linux;

import org.jvirtio.Register;

/** {@code struct sockaddr_un} (unix(7)), 110 bytes. */
enum SockaddrUn implements Register {
    FAMILY(0, 2),
    PATH(2, 1);

    static final int LENGTH = 110;

    /** Bytes of a path, without the NUL that ends it. */
    static final int LONGEST_PATH = 107;

    static final int AF_UNIX = 1;

    private final int offset;
    private final int width;

    SockaddrUn(int offset, int width) {
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
        return "unix(7)";
    }
}
