package org.jvirtio.device;

import org.jvirtio.Register;

/**
 * The fields of block requests. A header starts every request; a range follows it in a discard or
 * write-zeroes request.
 *
 * <pre>
 *   header   0 type (4) | 4 reserved (4) | 8 sector (8)
 *   range    0 sector (8) | 8 sectors (4) | 12 flags (4): bit 0 unmap
 *   status   0 status (1), which the device writes
 * </pre>
 */
enum BlockField implements Register {
    HEADER_TYPE(0, 4),
    HEADER_RESERVED(4, 4),
    HEADER_SECTOR(8, 8),
    RANGE_SECTOR(0, 8),
    RANGE_SECTORS(8, 4),
    RANGE_FLAGS(12, 4);

    static final int HEADER_BYTES = 16;
    static final int RANGE_BYTES = 16;
    static final int STATUS_BYTES = 1;
    static final int FLAG_UNMAP = 1;

    private final int offset;
    private final int width;

    BlockField(int offset, int width) {
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
        return "virtio 1.4 section 5.2.6";
    }
}
