package org.jvirtio.cli;

import java.util.Locale;
import org.jvirtio.RunningDevice;
import org.jvirtio.queue.PackedQueue;

/** The two ways to lay out a virtqueue (virtio 1.4 sections 2.7 and 2.8). */
enum RingFormat {
    SPLIT,
    PACKED;

    /** What the queues of a device really are, whatever its features say. */
    static RingFormat of(RunningDevice device) {
        return device.queue(0) instanceof PackedQueue ? PACKED : SPLIT;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
