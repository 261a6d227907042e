package org.jvirtio.device;

import org.jvirtio.RunningDevice;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.queue.Virtqueue;

/**
 * The buffers of one console queue, all of one length, and those of them that are free.
 *
 * <pre>
 *   canary (64) | buffer 0 | canary (64) | buffer 1 | ... | canary (64)
 * </pre>
 *
 * <p>A device that writes outside what it was given is found out by the canaries around it. Nothing
 * is allocated after the constructor.
 */
final class ConsoleBuffers {

    private static final int LINE = 64;
    private static final long CANARY = 0xc0ff_ee5a_c0ff_ee5aL;

    private final Virtqueue queue;
    private final DmaRegion region;
    private final NativeMemory memory;
    private final int bytes;
    private final int count;
    private final int[] free;
    private int freeCount;

    /**
     * Makes buffers, all free.
     *
     * @param most of them; fewer if the queue cannot hold as many
     * @param bytes of each, a multiple of 64
     */
    ConsoleBuffers(RunningDevice device, Virtqueue queue, int most, int bytes) {
        this.queue = queue;
        this.bytes = bytes;
        count = Math.min(most, queue.capacity());
        region = device.allocate((long) count * (LINE + bytes) + LINE, LINE);
        memory = region.memory();
        free = new int[count];
        memory.write64(canary(count), CANARY);
        for (int buffer = count - 1; buffer >= 0; buffer--) {
            memory.write64(canary(buffer), CANARY);
            free[freeCount++] = buffer;
        }
    }

    int bytes() {
        return bytes;
    }

    NativeMemory memory() {
        return memory;
    }

    boolean hasFree() {
        return freeCount > 0;
    }

    boolean areAllFree() {
        return freeCount == count;
    }

    int take() {
        return free[--freeCount];
    }

    void putBack(int buffer) {
        free[freeCount++] = buffer;
    }

    /** Where a buffer starts in {@link #memory}. */
    long start(int buffer) {
        return canary(buffer) + LINE;
    }

    long deviceAddress(int buffer) {
        return region.deviceAddress(start(buffer));
    }

    /** The buffer polled last from the queue, which the device left its surroundings of alone. */
    int polled(String what) {
        int buffer = (int) queue.token();
        if (memory.read64(canary(buffer)) != CANARY
                || memory.read64(canary(buffer + 1)) != CANARY) {
            throw queue.breakWith(
                    String.format(
                            "%s: the device wrote outside its buffer, a canary around buffer %d is"
                                    + " gone. Reset the device, and report it.",
                            what, buffer));
        }
        return buffer;
    }

    private long canary(int buffer) {
        return (long) buffer * (LINE + bytes);
    }
}
