package org.jvirtio.device;

/** Why a received frame was dropped. */
public enum NetDrop {
    NO_HEADER("the device used a buffer without writing the whole header"),
    CLAIMED_TOO_MUCH("the device claims more bytes than its buffers hold"),
    NUM_BUFFERS("num_buffers is 0, or more than a frame can have or the device was given"),
    MISSING_BUFFERS("the device used fewer buffers than num_buffers says"),
    RUNT("shorter than the header of Ethernet"),
    TOO_LONG("longer than the MTU allows"),
    OFFLOAD("its header names a checksum outside of it, or segments that were not accepted");

    private final String meaning;

    NetDrop(String meaning) {
        this.meaning = meaning;
    }

    /** What was found, for messages. */
    public String meaning() {
        return meaning;
    }
}
