package org.jvirtio.cli.bench.doorbell;

import org.jvirtio.pci.Policy;

/** The ways to the notification register of a device (virtio 1.4 sections 4.1.4.10, 4.1.5.2). */
public enum DoorbellWay {
    LEGACY_PORT("legacy, port through VFIO (pwrite)", DoorbellDevices.LEGACY_RNG, "legacy", false),
    MAPPED("1.x, mapped register", DoorbellDevices.MODERN_RNG, "virtio1", false),
    MAPPED_WITH_DATA(
            "1.x, mapped register, NOTIFICATION_DATA", DoorbellDevices.MODERN_RNG, "virtio1", true),
    PCI_CFG("1.x, PCI_CFG window (4 pwrites)", DoorbellDevices.MODERN_RNG, "pci-cfg", false);

    private final String label;
    private final String function;
    private final String policy;
    private final boolean withData;

    DoorbellWay(String label, String function, String policy, boolean withData) {
        this.label = label;
        this.function = function;
        this.policy = policy;
        this.withData = withData;
    }

    public String label() {
        return label;
    }

    String function() {
        return function;
    }

    Policy policy() {
        return Policy.parse(policy);
    }

    /** Whether the notification also tells the position; only some devices want that. */
    boolean withData() {
        return withData;
    }
}
