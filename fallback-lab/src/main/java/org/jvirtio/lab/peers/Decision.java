package org.jvirtio.lab.peers;

import java.util.Locale;

/** What a driver does with a function, as far as its configuration bytes decide it. */
public enum Decision {
    /** Drives it by the header in BAR 0. */
    LEGACY,
    /** Drives it by the structures that its capabilities name. */
    VIRTIO1,
    /** Looks at it and gives it up with an error. */
    REFUSES,
    /** Has no driver for these ids, so it never looks. */
    IGNORES,
    /** Goes round in the capability list for ever. */
    HANGS,
    /** Ends by an assertion or a panic, and takes its program or its kernel along. */
    CRASHES,
    /** Depends on bytes that cannot be read here. */
    UNKNOWN;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
