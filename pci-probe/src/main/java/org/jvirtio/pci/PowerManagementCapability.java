package org.jvirtio.pci;

/** Power management (PCI Power Management 1.2 section 3.2). */
public record PowerManagementCapability(CapabilityBytes bytes) implements Capability {

    static final int LENGTH = 8;

    @Override
    public String label() {
        return CapabilityId.POWER_MANAGEMENT.label();
    }

    /** The register of capabilities: version in bits 2 to 0, then what is supported. */
    public int capabilities() {
        return bytes.read(PowerManagementField.CAPABILITIES);
    }

    /** Power state in bits 1 to 0, then control and status of PME. */
    public int controlStatus() {
        return bytes.read(PowerManagementField.CONTROL_STATUS);
    }

    /** 0 to 3 for D0 to D3hot; only in D0 does a device answer. */
    public int powerState() {
        return controlStatus() & 3;
    }
}
