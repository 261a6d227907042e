package org.jvirtio.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jvirtio.memory.NativeMemory;

/**
 * One split virtqueue, device side (virtio 1.4 sections 2.6 and 2.7): what the driver set up, how
 * far both rings have been used, and the suppression of interrupts and doorbells.
 *
 * <p>Used under the function's lock.
 */
final class ModelQueue {

    /** What the notification of a used buffer needs: one entry of the used ring. */
    private record Used(int head, long length) {}

    private static final int INDEX_MASK = 0xffff;

    private final ModelDevice device;
    private final Completion completion;
    private final int maxSize;
    private final List<Used> done = new ArrayList<>();

    final int index;
    int size;
    boolean enabled;
    boolean pending;
    int vector = ModelInterrupts.NO_VECTOR;
    long descriptors;
    long available;
    long used;

    private int nextAvailable;
    private int nextUsed;

    ModelQueue(ModelDevice device, int index, int maxSize, Completion completion) {
        this.device = device;
        this.index = index;
        this.maxSize = maxSize;
        this.completion = completion;
        this.size = maxSize;
    }

    void reset() {
        disable();
        size = maxSize;
        vector = ModelInterrupts.NO_VECTOR;
    }

    void disable() {
        enabled = false;
        pending = false;
        descriptors = 0;
        available = 0;
        used = 0;
        nextAvailable = 0;
        nextUsed = 0;
        done.clear();
    }

    /** True if the driver may have this size: a power of two, no larger than at first. */
    boolean takesSize(int wanted) {
        return wanted > 0 && wanted <= maxSize && Integer.bitCount(wanted) == 1;
    }

    /** Makes the queue live; the areas must be in memory by now. */
    void enable() {
        ring();
        enabled = true;
    }

    /** True if any byte of a range of device addresses belongs to the rings of this queue. */
    boolean uses(long address, long length) {
        return enabled
                && (within(descriptors, address, length)
                        || within(available, address, length)
                        || within(used, address, length));
    }

    /** Serves all that is available and gives back what is done. */
    void work() {
        SplitRing ring = ring();
        pending = false;
        // Ends when the driver adds nothing more; each round takes at least one chain.
        do {
            takeAll(ring);
        } while (!asksForDoorbell(ring));
        giveBack(ring, false);
    }

    /** Gives back what is done, also what {@link Completion#batch} would keep longer. */
    void flush() {
        if (!done.isEmpty()) {
            giveBack(ring(), true);
        }
    }

    void used(int head, long length) {
        done.add(new Used(head, length));
    }

    void complain(String text) {
        device.complaints().add(text);
    }

    private SplitRing ring() {
        return new SplitRing(device.memory(), size, descriptors, available, used);
    }

    private void takeAll(SplitRing ring) {
        int count = (ring.availableIndex() - nextAvailable) & INDEX_MASK;
        if (count > size) {
            throw new ProtocolFault(
                    String.format(
                            "available index of queue %d moved from %d to %d, which is more than"
                                    + " its %d entries",
                            index, nextAvailable, (nextAvailable + count) & INDEX_MASK, size));
        }
        for (int i = 0; i < count; i++) {
            int head = ring.availableHead(nextAvailable);
            nextAvailable = (nextAvailable + 1) & INDEX_MASK;
            boolean indirect = device.has(RingBit.INDIRECT_DESC);
            ChainWalk walk = new ChainWalk(device.memory(), indirect, size);
            List<Segment> segments = walk.from(ring.descriptors(), head);
            device.serve(index, new ModelChain(this, head, segments));
        }
    }

    /** Sees to it that the next chain rings; false if one came meanwhile. */
    private boolean asksForDoorbell(SplitRing ring) {
        if (device.has(RingBit.EVENT_IDX)) {
            ring.writeAvailableEvent(nextAvailable);
        }
        // Store the event, then load the index (section 2.7.10).
        NativeMemory.fullFence();
        return ring.availableIndex() == nextAvailable;
    }

    private void giveBack(SplitRing ring, boolean all) {
        if (done.isEmpty() || (done.size() < completion.batch() && !all)) {
            return;
        }
        if (completion.reversed()) {
            Collections.reverse(done);
        }
        int old = nextUsed;
        for (Used one : done) {
            ring.writeUsed(nextUsed, one.head(), one.length());
            nextUsed = (nextUsed + 1) & INDEX_MASK;
        }
        done.clear();
        ring.publish(nextUsed);
        // Store the index, then load what the driver wants (section 2.7.7).
        NativeMemory.fullFence();
        if (wantsInterrupt(ring, old)) {
            device.interrupts().queueUsed(vector);
        }
    }

    private boolean wantsInterrupt(SplitRing ring, int old) {
        if (!device.has(RingBit.EVENT_IDX)) {
            return !ring.wantsNoInterrupt();
        }
        // Crossed, in 16-bit arithmetic: (new - event - 1) < (new - old).
        int sinceEvent = (nextUsed - ring.usedEvent() - 1) & INDEX_MASK;
        return sinceEvent < ((nextUsed - old) & INDEX_MASK);
    }

    private static boolean within(long area, long address, long length) {
        return area >= address && area - address < length;
    }
}
