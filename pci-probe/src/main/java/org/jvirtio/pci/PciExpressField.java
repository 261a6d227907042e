package org.jvirtio.pci;

import org.jvirtio.Register;

/** Fields of the PCI Express capability (PCI Express 3.0 section 7.8) that people look at. */
enum PciExpressField implements Register {
    /** Bits 3 to 0: version; 7 to 4: port type; 8: slot; 13 to 9: interrupt message number. */
    CAPABILITIES(0x02, 2),
    DEVICE_CAPABILITIES(0x04, 4),
    DEVICE_CONTROL(0x08, 2),
    DEVICE_STATUS(0x0a, 2),
    LINK_CAPABILITIES(0x0c, 4),
    LINK_CONTROL(0x10, 2),
    LINK_STATUS(0x12, 2),
    DEVICE_CAPABILITIES_2(0x24, 4),
    DEVICE_CONTROL_2(0x28, 2);

    private final int offset;
    private final int width;

    PciExpressField(int offset, int width) {
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
        return "PCI Express 3.0 section 7.8";
    }
}
