package org.jvirtio.pci;

/** What a driver needs of each structure of virtio 1.x to use it. */
enum StructureNeeds {
    /** Up to queue_device_high; the fields after it came with later revisions. */
    COMMON(StructureType.COMMON, 56, StructureNeeds.PAGE, 4, "virtio 1.4 section 4.1.4.3.1"),
    /** All of it, since where a doorbell lies only the common structure tells. */
    NOTIFY(StructureType.NOTIFY, 2, Long.MAX_VALUE, 2, "virtio 1.4 section 4.1.4.4.1"),
    ISR(StructureType.ISR, 1, 1, 1, "virtio 1.4 section 4.1.4.5"),
    DEVICE(StructureType.DEVICE, 1, StructureNeeds.PAGE, 4, "virtio 1.4 section 4.1.4.6.1");

    /** Section 4.1.4.1: no structure uses more; a longer one may be mapped in part. */
    private static final long PAGE = 4096;

    private final StructureType type;
    private final long least;
    private final long most;
    private final int alignment;
    private final String source;
    private final String longEnough;
    private final String aligned;

    StructureNeeds(StructureType type, long least, long most, int alignment, String source) {
        this.type = type;
        this.least = least;
        this.most = most;
        this.alignment = alignment;
        this.source = source;
        this.longEnough = "it has at least " + least + " bytes";
        this.aligned = "its offset is a multiple of " + alignment;
    }

    StructureType type() {
        return type;
    }

    /** Bytes without which it is of no use. */
    long least() {
        return least;
    }

    /** Bytes that are ever used. */
    long most() {
        return most;
    }

    int alignment() {
        return alignment;
    }

    String source() {
        return source;
    }

    /** The rule about {@link #least}. */
    String longEnough() {
        return longEnough;
    }

    /** The rule about {@link #alignment}. */
    String aligned() {
        return aligned;
    }
}
