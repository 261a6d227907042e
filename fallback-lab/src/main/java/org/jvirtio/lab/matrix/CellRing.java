package org.jvirtio.lab.matrix;

import java.util.Locale;
import org.jvirtio.RunningDevice;
import org.jvirtio.queue.PackedQueue;

/** The two ways to lay out a virtqueue (virtio 1.4 sections 2.7 and 2.8). */
public enum CellRing {
    SPLIT,
    PACKED;

    /** What the queues of a device really are, whatever its features say. */
    static CellRing of(RunningDevice device) {
        return device.queue(0) instanceof PackedQueue ? PACKED : SPLIT;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
