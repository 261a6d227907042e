package org.jvirtio.pci;

import java.util.Optional;

/**
 * Where the registers of one device lie: the result of a choice, and all that a transport needs to
 * start. Each kind holds the windows of one layout only, so that touching another is impossible.
 */
public sealed interface VirtioLayout {

    /** What people call it: {@code legacy}, {@code register-set}, {@code virtio1}. */
    String label();

    /**
     * The layout of virtio 0.9 (virtio 1.4 section 4.1.4.10).
     *
     * @param registers BAR0, I/O space, all of it: header and device configuration
     */
    record Legacy(Window registers) implements VirtioLayout {
        @Override
        public String label() {
            return "legacy";
        }
    }

    /**
     * The register sets of the mail of 2011.
     *
     * @param queues "new virtio-pci": the common structure, doorbell and ISR
     * @param config "new virtio-config"
     * @param isr "new virtio-isr"; where absent the ISR byte inside {@code queues} is used
     */
    record RegisterSets(Window queues, Optional<Window> config, Optional<Window> isr)
            implements VirtioLayout {
        @Override
        public String label() {
            return "register-set";
        }
    }

    /**
     * The layout of virtio 1.x (section 4.1.4).
     *
     * @param doorbells the notification structure
     * @param doorbellStride notify_off_multiplier: bytes between the doorbells of two queues, as
     *     read; the transport checks each doorbell against {@code doorbells}
     * @param pciCfg config-space offset of the PCI_CFG capability if the registers are to be
     *     reached through it (section 4.1.4.9); empty if the BARs are opened
     */
    record Virtio1(
            Window common,
            Window doorbells,
            long doorbellStride,
            Window isr,
            Optional<Window> device,
            Optional<Integer> pciCfg)
            implements VirtioLayout {
        @Override
        public String label() {
            return pciCfg.isPresent() ? "virtio1 through PCI_CFG" : "virtio1";
        }
    }
}
