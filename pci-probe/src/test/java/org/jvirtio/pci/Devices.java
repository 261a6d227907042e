package org.jvirtio.pci;

/** The sound functions that tests spoil. */
final class Devices {

    private Devices() {}

    /** A transitional block device as QEMU places it, without its capabilities. */
    static ConfigBytes block() {
        return ConfigBytes.transitional(0x1001, 2)
                .io(0, 0x80)
                .memory(1, 0x1000)
                .wideMemory(4, 0x4000);
    }

    static ConfigBytes entropy() {
        return ConfigBytes.transitional(0x1005, 4)
                .io(0, 0x20)
                .memory(1, 0x1000)
                .wideMemory(4, 0x4000);
    }

    static ConfigBytes modernBlock() {
        return ConfigBytes.modern(2).memory(1, 0x1000).wideMemory(4, 0x4000);
    }

    /** A transitional device with the mail's capability: BAR0 I/O, BAR1 for the new sets. */
    static ConfigBytes mailTransitional() {
        return ConfigBytes.transitional(0x1001, 2).io(0, 0x40).memory(1, 0x1000);
    }

    /** A new device of the mail: no legacy, so an id above 0x1040. */
    static ConfigBytes mailNew() {
        return ConfigBytes.modern(2).io(0, 8).memory(1, 0x1000);
    }

    /** MSI-X with 16 entries: table and pending bits where the mail puts them. */
    static ConfigBytes msix(ConfigBytes config, int bar) {
        return config.capability(0x11, 0, 15, 0, bar, 2, 0, 0, bar, 3, 0, 0);
    }
}
