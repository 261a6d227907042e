package org.jvirtio.device;

/**
 * What a device says of the checksum in a received TCP or UDP packet (virtio 1.4 section 5.1.9.4),
 * with GUEST_CSUM accepted.
 */
public enum NetChecksum {
    /** Nothing: whoever cares checks it. All frames are so without GUEST_CSUM. */
    UNCHECKED,
    /** The device checked it. */
    VALID,
    /**
     * It was never on a wire, so nobody made it: the device vouches for the packet. {@link
     * NetReceiveQueue#copyTo} makes it.
     */
    LEFT_OPEN
}
