package org.jvirtio.device;

/** The kinds of block request (virtio 1.4 section 5.2.6), with the value of the type field. */
enum BlockRequest {
    /** Reads the disk: the device writes our memory. */
    IN(0),
    /** Writes the disk: the device reads our memory. */
    OUT(1),
    FLUSH(4),
    GET_ID(8),
    DISCARD(11),
    WRITE_ZEROES(13);

    private final int type;

    BlockRequest(int type) {
        this.type = type;
    }

    int type() {
        return type;
    }
}
