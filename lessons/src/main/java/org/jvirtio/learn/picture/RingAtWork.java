package org.jvirtio.learn.picture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.DeviceType;
import org.jvirtio.LayoutException;
import org.jvirtio.RingFeature;
import org.jvirtio.RunningDevice;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.queue.Chain;
import org.jvirtio.queue.QueueSnapshot;
import org.jvirtio.queue.Virtqueue;

/** Lets a device answer two requests, and looks at the memory of its queue after each move. */
final class RingAtWork {

    /** The queue at one moment; {@code words} say what has just happened. */
    record Moment(String words, QueueSnapshot queue) {}

    private static final int CAPACITY = 4;
    private static final int REQUESTS = 2;
    private static final int RANDOM_BYTES = 16;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** A block request: 16 bytes of header, a sector, a byte of status (section 5.2.6). */
    private static final int HEADER_BYTES = 16;

    private static final int SECTOR_BYTES = 512;

    private final RunningDevice device;
    private final Virtqueue queue;
    private final List<Moment> moments = new ArrayList<>();
    private String refusal = "";

    private RingAtWork(RunningDevice device) {
        this.device = device;
        this.queue = device.queue(0);
    }

    static RingAtWork watch(StartedDevice function, LayoutChoice choice) {
        // The plain ring: no tables elsewhere, no indices that say when to notify.
        RunningDevice device =
                function.start(
                        choice,
                        Needs.of(StartedDevice.type(choice))
                                .without(
                                        RingFeature.RING_PACKED,
                                        RingFeature.INDIRECT_DESC,
                                        RingFeature.EVENT_IDX,
                                        RingFeature.IN_ORDER),
                        CAPACITY);
        try (device) {
            RingAtWork work = new RingAtWork(device);
            try {
                work.run();
            } catch (DeviceBrokenException refused) {
                work.refusal = refused.getMessage();
            }
            return work;
        }
    }

    private void run() {
        look("the driver zeroed the memory and told the device where it is");
        Chain request = request();
        for (int i = 0; i < REQUESTS; i++) {
            int usedBefore = queue.snapshot().usedIndex();
            queue.offer(request, i);
            look("offered: the driver wrote descriptors and a head; the index tells nobody yet");
            queue.publish();
            look("published: the driver moved the available index");
            queue.ring();
            awaitUsed(usedBefore);
            look("the doorbell rang; the device wrote the buffer, then the used ring");
            device.awaitUsed(0, "the answer");
            look("polled: the driver took the answer; in memory nothing moves");
        }
    }

    List<Moment> moments() {
        return moments;
    }

    /** Why the driver did not believe the device; empty if it did. */
    String refusal() {
        return refusal;
    }

    private void look(String moment) {
        moments.add(new Moment(moment, queue.snapshot()));
    }

    private Chain request() {
        DmaRegion buffer = device.allocate(HEADER_BYTES + SECTOR_BYTES + 1, SECTOR_BYTES);
        long at = buffer.deviceAddress();
        if (device.type() == DeviceType.ENTROPY) {
            return new Chain(1).writable(at, RANDOM_BYTES);
        }
        if (device.type() == DeviceType.BLOCK) {
            // All zero, the header reads: type 0 (IN), sector 0.
            return new Chain(3)
                    .readable(at + SECTOR_BYTES, HEADER_BYTES)
                    .writable(at, SECTOR_BYTES)
                    .writable(at + SECTOR_BYTES + HEADER_BYTES, 1);
        }
        throw new LayoutException(
                "drawing the queue of a "
                        + device.type().label()
                        + " device: only those of entropy and block are drawn. Name one of them.");
    }

    private void awaitUsed(int before) {
        long begin = System.nanoTime();
        while (queue.snapshot().usedIndex() == before) {
            if (System.nanoTime() - begin > LIMIT.toNanos()) {
                throw new DeviceTimeoutException(
                        "drawing the queue of "
                                + device.description()
                                + ": the used index is still "
                                + before
                                + " after "
                                + LIMIT.toSeconds()
                                + " s. The device does not answer: restart it.");
            }
            Thread.onSpinWait();
        }
    }
}
