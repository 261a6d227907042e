package org.jvirtio.transport;

import org.jvirtio.Register;

/** Fields of the PCI_CFG capability, from its start in config space (section 4.1.4.9). */
enum PciCfgField implements Register {
    BAR(4, 1),
    OFFSET(8, 4),
    LENGTH(12, 4),
    /** As many of its bytes as {@link #LENGTH} says are the access. */
    DATA(16, 4);

    private final int offset;
    private final int width;

    PciCfgField(int offset, int width) {
        this.offset = offset;
        this.width = width;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public String source() {
        return "virtio 1.4 sections 4.1.4 and 4.1.4.9";
    }
}
