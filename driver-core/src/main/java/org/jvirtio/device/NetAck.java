package org.jvirtio.device;

/** How a command to a network device ended (virtio 1.4 section 5.1.9.5). */
enum NetAck {
    OK("done"),
    /** Acknowledgement 1. */
    ERR("the device answered ERR (1): it refuses, or cannot"),
    /** The byte still has the value that the driver put there, or was not counted as written. */
    NOT_WRITTEN("the device used the command without writing its acknowledgement"),
    UNKNOWN("the device answered with an acknowledgement that means nothing");

    /** What the driver writes where the device shall write its acknowledgement. */
    static final int UNTOUCHED = 0xff;

    final String meaning;

    NetAck(String meaning) {
        this.meaning = meaning;
    }

    static NetAck of(int value) {
        return switch (value) {
            case 0 -> OK;
            case 1 -> ERR;
            case UNTOUCHED -> NOT_WRITTEN;
            default -> UNKNOWN;
        };
    }
}
