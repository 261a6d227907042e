package org.jvirtio.pci;

import org.jvirtio.Register;

/** Fields of the power management capability (PCI Power Management 1.2 section 3.2). */
enum PowerManagementField implements Register {
    CAPABILITIES(2, 2),
    CONTROL_STATUS(4, 2),
    BRIDGE_EXTENSIONS(6, 1),
    DATA(7, 1);

    private final int offset;
    private final int width;

    PowerManagementField(int offset, int width) {
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
        return "PCI Power Management 1.2 section 3.2";
    }
}
