package org.jvirtio.pci;

/** The capability ids that this package decodes (PCI Code and ID Assignment section 2). */
enum CapabilityId {
    POWER_MANAGEMENT(0x01, "Power Management"),
    MSI(0x05, "MSI"),
    VENDOR(0x09, "vendor"),
    PCI_EXPRESS(0x10, "Express"),
    MSIX(0x11, "MSI-X");

    private static final CapabilityId[] ALL = values();

    private final int value;
    private final String label;

    CapabilityId(int value, String label) {
        this.value = value;
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Null for any other. */
    static CapabilityId of(int value) {
        for (CapabilityId id : ALL) {
            if (id.value == value) {
                return id;
            }
        }
        return null;
    }
}
