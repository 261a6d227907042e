package org.jvirtio.cli.bench.doorbell;

import org.jvirtio.InterruptMode;
import org.jvirtio.pci.Policy;

/** One request there and back: by which registers, and how its end is learned of. */
public enum RoundTripWay {
    MODERN_POLL("1.x", "poll", InterruptMode.VECTOR_PER_QUEUE),
    MODERN_MSIX("1.x", "MSI-X", InterruptMode.VECTOR_PER_QUEUE),
    MODERN_INTX("1.x", "INTx", InterruptMode.INTX),
    LEGACY_POLL("legacy", "poll", InterruptMode.VECTOR_PER_QUEUE),
    LEGACY_MSIX("legacy", "MSI-X", InterruptMode.VECTOR_PER_QUEUE),
    LEGACY_INTX("legacy", "INTx", InterruptMode.INTX);

    private final String layout;
    private final String label;
    private final InterruptMode interrupts;

    RoundTripWay(String layout, String label, InterruptMode interrupts) {
        this.layout = layout;
        this.label = label;
        this.interrupts = interrupts;
    }

    public String layout() {
        return layout;
    }

    /** How the end of a request is learned of. */
    public String label() {
        return label;
    }

    InterruptMode interrupts() {
        return interrupts;
    }

    boolean polls() {
        return label.equals("poll");
    }

    String function() {
        return isLegacy() ? DoorbellDevices.LEGACY_DISK : DoorbellDevices.MODERN_DISK;
    }

    Policy policy() {
        return Policy.parse(isLegacy() ? "legacy" : "virtio1");
    }

    private boolean isLegacy() {
        return layout.equals("legacy");
    }
}
