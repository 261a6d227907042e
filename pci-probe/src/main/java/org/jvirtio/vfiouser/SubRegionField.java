package org.jvirtio.vfiouser;

import org.jvirtio.Register;

/**
 * A piece of a region that is written through a descriptor: 40 bytes, or more as the reply's ARGSZ
 * says.
 */
public enum SubRegionField implements Register {
    /** Bytes from the start of the region. */
    OFFSET(0, 8),
    /** Width of the write; 0: any. */
    SIZE(8, 8),
    /** Which of the reply's descriptors. */
    FD_INDEX(16, 4),
    /** {@link #TYPE_IOEVENTFD} or another. */
    TYPE(20, 4),
    /** {@link #FLAG_DATAMATCH}, {@link #FLAG_PIO}. */
    FLAGS(24, 4),
    /** The value that is meant, with {@link #FLAG_DATAMATCH}. */
    DATAMATCH(32, 8);

    public static final int LENGTH = 40;

    /** A write raises an event descriptor; its value is not told. */
    public static final int TYPE_IOEVENTFD = 0;

    /** A write is a message on another socket. */
    public static final int TYPE_IOREGIONFD = 1;

    /** Only a write of DATAMATCH is meant. */
    public static final int FLAG_DATAMATCH = 1;

    /** The region is in I/O space. */
    public static final int FLAG_PIO = 2;

    private final int offset;
    private final int width;

    SubRegionField(int offset, int width) {
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
        return "vfio-user, VFIO_USER_DEVICE_GET_REGION_IO_FDS";
    }
}
