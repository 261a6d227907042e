package org.jvirtio.pci;

import org.jvirtio.Register;

/**
 * The dwords of the register-set capability, in the order of the mail of 2011; where the first one
 * lies is our decision.
 */
public enum RegisterSetDword implements Register {
    LEGACY(4, "legacy"),
    VIRTIO_PCI(8, "virtio-pci"),
    VIRTIO_CONFIG(12, "virtio-config"),
    VIRTIO_ISR(16, "virtio-isr"),
    MSIX_TABLE(20, "msi-x table"),
    MSIX_PBA(24, "msi-x pba");

    private final int offset;
    private final String label;

    RegisterSetDword(int offset, String label) {
        this.offset = offset;
        this.label = label;
    }

    /** The name in the mail. */
    public String label() {
        return label;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int width() {
        return 4;
    }

    @Override
    public String source() {
        return RegisterSetRules.OURS;
    }
}
