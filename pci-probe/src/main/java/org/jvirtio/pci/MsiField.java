package org.jvirtio.pci;

import org.jvirtio.Register;

/**
 * Fields of the MSI capability (PCI Local Bus 3.0 section 6.8.1). Which of them exist, bits 7 and 8
 * of message control say.
 */
enum MsiField implements Register {
    MESSAGE_CONTROL(2, 2),
    ADDRESS(4, 4),
    DATA_OF_32_BIT(8, 2),
    UPPER_ADDRESS(8, 4),
    DATA_OF_64_BIT(12, 2),
    MASK_OF_32_BIT(12, 4),
    PENDING_OF_32_BIT(16, 4),
    MASK_OF_64_BIT(16, 4),
    PENDING_OF_64_BIT(20, 4);

    private final int offset;
    private final int width;

    MsiField(int offset, int width) {
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
        return "PCI Local Bus 3.0 section 6.8.1";
    }
}
