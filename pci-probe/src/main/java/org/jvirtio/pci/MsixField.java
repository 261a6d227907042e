package org.jvirtio.pci;

import org.jvirtio.Register;

/** Fields of the MSI-X capability (PCI Local Bus 3.0 section 6.8.2). */
public enum MsixField implements Register {
    /** Bits 10 to 0: entries - 1; bit 14: all masked; bit 15: enabled. */
    MESSAGE_CONTROL(2, 2),
    /** Bits 2 to 0: BAR; the rest: offset of the vector table. */
    TABLE(4, 4),
    /** Bits 2 to 0: BAR; the rest: offset of the pending bit array. */
    PENDING_BITS(8, 4);

    private final int offset;
    private final int width;

    MsixField(int offset, int width) {
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
        return "PCI Local Bus 3.0 section 6.8.2";
    }
}
