package org.jvirtio.pci;

import org.jvirtio.Register;

/** What every capability starts with (PCI Local Bus 3.0 section 6.7). */
enum CapabilityField implements Register {
    ID(0),
    NEXT(1),
    /** The first byte that belongs to the capability itself. */
    FIRST_BYTE(2);

    private final int offset;

    CapabilityField(int offset) {
        this.offset = offset;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public String source() {
        return "PCI Local Bus 3.0 section 6.7";
    }
}
