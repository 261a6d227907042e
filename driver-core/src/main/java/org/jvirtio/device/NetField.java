package org.jvirtio.device;

import org.jvirtio.Register;

/**
 * The header before each frame (virtio 1.4 section 5.1.9), as far as it exists without segments.
 *
 * <pre>
 *   0 flags (1) | 1 gso type (1) | 2 header length (2) | 4 gso size (2)
 *   6 checksum start (2) | 8 checksum offset (2) | 10 num_buffers (2), in the longer form only
 * </pre>
 *
 * <p>Without offloads all of it is zero on transmit, and on receive only num_buffers matters.
 */
public enum NetField implements Register {
    FLAGS(0, 1),
    GSO_TYPE(1, 1),
    HDR_LEN(2, 2),
    GSO_SIZE(4, 2),
    CSUM_START(6, 2),
    CSUM_OFFSET(8, 2),
    NUM_BUFFERS(10, 2);

    /** Flag: the checksum was left open, and the two fields say where it goes. */
    static final int NEEDS_CSUM = 1;

    /** Flag, on receive only: the device checked the checksum. */
    static final int DATA_VALID = 2;

    /** The one type of a device that may send no segments. */
    static final int GSO_NONE = 0;

    private final int offset;
    private final int width;

    NetField(int offset, int width) {
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
        return "virtio 1.4 section 5.1.9";
    }
}
