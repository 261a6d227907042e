package org.jvirtio.lab.check;

import org.jvirtio.DeviceStatus;
import org.jvirtio.model.ModelHost;
import org.jvirtio.pci.PciFunction;

/**
 * Makes a running device notify of its configuration: from its own side where we have that,
 * otherwise by a chain that it cannot recover from.
 */
final class ConfigNotification {

    private final Bench bench;
    private final PciFunction opened;

    /**
     * Describes how.
     *
     * @param opened the function itself, behind whatever records it
     */
    ConfigNotification(Bench bench, PciFunction opened) {
        this.bench = bench;
        this.opened = opened;
    }

    /** False if the device has no reason to notify. */
    boolean provoke(BareSplitQueue queue) {
        if (change()) {
            return true;
        }
        offerLoop(queue);
        bench.doorbell();
        return Waiting.await(() -> bench.has(DeviceStatus.DEVICE_NEEDS_RESET));
    }

    /** True if the configuration was changed from the device's side. */
    boolean change() {
        if (opened instanceof ModelHost host) {
            host.locked(host::configChanged);
            return true;
        }
        return false;
    }

    /** A chain without an end (section 2.7.5.2 forbids it). */
    void offerLoop(BareSplitQueue queue) {
        Piece piece = bench.buffer(16).readable();
        queue.descriptor(0, piece, BareSplitQueue.NEXT, 0);
        queue.offerHead(0);
    }
}
