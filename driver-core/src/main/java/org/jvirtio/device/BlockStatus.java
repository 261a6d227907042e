package org.jvirtio.device;

/** How a block request ended (virtio 1.4 section 5.2.6). */
public enum BlockStatus {
    OK("done"),
    /** Status 1. */
    IOERR("the device answered IOERR (1): it, or the medium behind it, failed"),
    /** Status 2. */
    UNSUPP("the device answered UNSUPP (2): it does not know this request"),
    /** Said to be done, but the used length covers less than the data: it is not handed out. */
    SHORT("the device answered OK but reports fewer bytes than were asked for"),
    /** The byte still has the value that the driver put there. */
    NOT_WRITTEN("the device used the request without writing its status"),
    /** A value that no feature we accept allows. */
    UNKNOWN("the device answered with a status that means nothing");

    /** What the driver writes where the device shall write its status. */
    static final int UNTOUCHED = 0xff;

    private final String meaning;

    BlockStatus(String meaning) {
        this.meaning = meaning;
    }

    /** What was found, for messages. */
    public String meaning() {
        return meaning;
    }

    static BlockStatus of(int value) {
        return switch (value) {
            case 0 -> OK;
            case 1 -> IOERR;
            case 2 -> UNSUPP;
            case UNTOUCHED -> NOT_WRITTEN;
            default -> UNKNOWN;
        };
    }
}
