package org.jvirtio.linux;

import org.jvirtio.Register;

/**
 * {@code struct virtio_net_hdr} before each frame of a tap interface with {@code IFF_VNET_HDR}
 * (Linux {@code networking/tuntap.rst}, {@code uapi/linux/virtio_net.h}), 10 bytes: the kernel uses
 * the header of virtio's own network device for the same purpose.
 */
enum VnetHeader implements Register {
    FLAGS(0, 1),
    GSO_TYPE(1, 1),
    HDR_LEN(2, 2),
    GSO_SIZE(4, 2),
    CSUM_START(6, 2),
    CSUM_OFFSET(8, 2);

    static final int LENGTH = 10;

    /** Flag: in place of the checksum is the sum of its pseudo header, and all of it is right. */
    static final int NEEDS_CSUM = 1;

    /** Many segments of TCP over IPv4, joined. */
    static final int GSO_TCPV4 = 1;

    private final int offset;
    private final int width;

    VnetHeader(int offset, int width) {
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
        return "linux/virtio_net.h";
    }
}
