package org.jvirtio.model;

/**
 * Where a function puts the register sets of the mail of 2011. The mail gives three examples
 * (reference A.2); the first one here is ours. In each, "new virtio-config" lies 256 bytes behind
 * "new virtio-pci", the MSI-X table 512 and the PBA 768, as in the mail's first example.
 */
enum RegisterSetPlacement {
    /** Everything in BAR1; the ISR is the byte inside "new virtio-pci". */
    ONE_BAR(1, RegisterSetPlacement.NO_ISR),
    /** "So current drivers which must support legacy can use this": the ISR is legacy's. */
    MAIL_TRANSITIONAL(1, LegacyField.ISR_STATUS.offset()),
    /** "They could use this if they care about fast isr": the ISR alone in 8 bytes of I/O. */
    MAIL_FAST_ISR(1, 0),
    /** "Or this if they don't worry about isr performance": everything in BAR0. */
    MAIL_SLOW_ISR(0, RegisterSetPlacement.NO_ISR);

    static final int QUEUES = 0;
    static final int CONFIG = 256;
    static final int MSIX_TABLE = 512;
    static final int MSIX_PENDING = 768;

    /** 256 bytes of 16 each. */
    static final int MOST_VECTORS = 16;

    private static final int NO_ISR = -1;

    private final int bar;
    private final int isrOffset;

    RegisterSetPlacement(int bar, int isrOffset) {
        this.bar = bar;
        this.isrOffset = isrOffset;
    }

    /** The BAR of everything but the ISR. */
    int bar() {
        return bar;
    }

    /** True if "new virtio-isr" is present; it is then in BAR0. */
    boolean hasIsr() {
        return isrOffset != NO_ISR;
    }

    int isrOffset() {
        return isrOffset;
    }
}
