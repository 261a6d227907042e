package org.jvirtio.model;

import org.jvirtio.Register;

/** The fields of a type 0 configuration header (PCI Local Bus 3.0 section 6.1). */
enum PciField implements Register {
    VENDOR_ID(0x00, 2),
    DEVICE_ID(0x02, 2),
    COMMAND(0x04, 2),
    STATUS(0x06, 2),
    /** Revision in the low byte, class code in the upper three. */
    REVISION_AND_CLASS(0x08, 4),
    BAR0(0x10, 4),
    SUBSYSTEM_VENDOR_ID(0x2c, 2),
    SUBSYSTEM_ID(0x2e, 2),
    CAPABILITIES(0x34, 1),
    INTERRUPT_PIN(0x3d, 1);

    private final int offset;
    private final int width;

    PciField(int offset, int width) {
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
        return "PCI Local Bus 3.0 section 6.1";
    }
}
