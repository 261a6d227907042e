package org.jvirtio.device;

/** Why something that came from a console device was ignored; nothing else came of it. */
public enum ConsoleDrop {
    TOO_SHORT("a control message shorter than its fields"),
    UNKNOWN_EVENT("a control message that no device sends"),
    UNKNOWN_PORT("a control message about a port that there is not"),
    ADDED_AGAIN("a port added that was there already"),
    BAD_NAME("a name that is empty, too long, or not text"),
    NO_BYTES("a receive buffer used without a byte in it");

    private final String meaning;

    ConsoleDrop(String meaning) {
        this.meaning = meaning;
    }

    /** What was found, for messages. */
    public String meaning() {
        return meaning;
    }
}
