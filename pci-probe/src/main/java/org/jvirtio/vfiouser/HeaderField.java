package org.jvirtio.vfiouser;

import org.jvirtio.Register;

/** What every message begins with, commands and replies: 16 bytes. */
public enum HeaderField implements Register {
    /** Chosen by who sends a command, echoed in its reply. */
    MESSAGE_ID(0, 2),
    /** A {@link Command}, in a reply as well. */
    COMMAND(2, 2),
    /** Bytes of the whole message, this header included. */
    SIZE(4, 4),
    /** {@link #TYPE_MASK}, {@link #FLAG_NO_REPLY}, {@link #FLAG_ERROR}. */
    FLAGS(8, 4),
    /** An error number of Linux; valid in a reply with {@link #FLAG_ERROR}. */
    ERROR(12, 4);

    public static final int LENGTH = 16;
    public static final int TYPE_MASK = 0xf;
    public static final int TYPE_COMMAND = 0;
    public static final int TYPE_REPLY = 1;

    /** In a command: do not answer. */
    public static final int FLAG_NO_REPLY = 1 << 4;

    /** In a reply: it failed, and there is no payload. */
    public static final int FLAG_ERROR = 1 << 5;

    private final int offset;
    private final int width;

    HeaderField(int offset, int width) {
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
        return "vfio-user, Header";
    }
}
