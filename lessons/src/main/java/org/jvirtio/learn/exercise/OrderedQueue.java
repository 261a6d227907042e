package org.jvirtio.learn.exercise;

/** Lesson 9: the queue of lesson 5, on a machine that reorders. */
public interface OrderedQueue {

    /**
     * Memory that a device looks at and writes to at the same time. Between two fences loads may be
     * made in any order, and so may stores; a load may be made before a store that stands before
     * it.
     */
    interface SharedMemory {

        void store16(int offset, int value);

        int load16(int offset);

        int load32(int offset);

        /** Every store before it is seen before any store behind it. */
        void releaseFence();

        /** Every load before it is made before any load behind it. */
        void acquireFence();

        /** Both, and every store before it is seen before any load behind it is made. */
        void fullFence();
    }

    /** Puts {@code head} into the slot of {@code idx}, then makes {@code idx} one more. */
    void publish(SharedMemory memory, int head, int idx);

    /** The id of used element number {@code taken}, or -1 if the used idx is {@code taken}. */
    int poll(SharedMemory memory, int taken);

    /**
     * Publishes, and says whether the device wants the doorbell: it does unless bit 0 of the flags
     * of the used ring is set.
     */
    boolean publishAndAsk(SharedMemory memory, int head, int idx);

    /**
     * What to write into a descriptor.
     *
     * @param accessPlatform whether that feature was negotiated
     */
    long deviceAddress(boolean accessPlatform, long guestPhysical, long ioVirtual);
}
