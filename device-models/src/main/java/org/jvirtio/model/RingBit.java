package org.jvirtio.model;

/** The feature bits that every model offers or may offer (virtio 1.4 sections 6 and 6.3). */
enum RingBit {
    /** Legacy only: framing is free although VERSION_1 cannot be said. */
    ANY_LAYOUT(27),
    INDIRECT_DESC(28),
    EVENT_IDX(29),
    VERSION_1(32),
    ACCESS_PLATFORM(33);

    /** Features 0 to 31 are all that the legacy interface can carry (section 4.1.4.10). */
    static final int LEGACY_BITS = 32;

    final int bit;

    RingBit(int bit) {
        this.bit = bit;
    }
}
