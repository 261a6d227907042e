package org.jvirtio.device;

import org.jvirtio.RunningDevice;
import org.jvirtio.memory.CacheLinePadding;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.queue.Chain;
import org.jvirtio.queue.Virtqueue;

/**
 * Sends raw frames, many at a time (virtio 1.4 section 5.1.9.2): take buffers of the pool, write
 * frames into them, offer, submit once; harvest brings the buffers back.
 *
 * <pre>
 *   take ----> write frame ----> offer ... offer ----> submit ----> device reads
 *     ^                                                                |
 *     +------------------------- harvest &lt;-----------------------------+
 * </pre>
 *
 * <p>Nothing is copied and nothing is allocated per frame. What is in a buffer stays there after it
 * came back, so a generator of equal frames need write each buffer once. Not thread-safe: one
 * queue, one thread.
 */
public sealed class NetTransmitQueue extends CacheLinePadding permits NetChecksumTransmitQueue {

    /** What {@link #take} returns when every buffer is in use. */
    public static final int NONE = -1;

    private final RunningDevice device;
    private final int index;
    private final Virtqueue queue;
    private final NetFraming framing;
    private final NetBuffers buffers;
    private final Chain chain = new Chain(2);

    private final int[] pool;
    private int pooled;
    private final boolean[] taken;

    NetTransmitQueue(RunningDevice device, int index, NetFraming framing) {
        this.device = device;
        this.index = index;
        this.framing = framing;
        queue = device.queue(index);
        // 5.1.9.2.1: without offloads the header is zeros, num_buffers too; it is never written.
        buffers = NetBuffers.toTransmit(device, index, framing);
        taken = new boolean[buffers.count()];
        pool = new int[buffers.count()];
        for (int i = buffers.count() - 1; i >= 0; i--) {
            pool[pooled++] = i;
        }
    }

    /** Buffers of the pool. */
    public int capacity() {
        return buffers.count();
    }

    /** Takes a buffer out of the pool, or {@link #NONE}: harvest first. */
    public int take() {
        queue.requireWorking();
        if (pooled == 0) {
            return NONE;
        }
        int buffer = pool[--pooled];
        taken[buffer] = true;
        return buffer;
    }

    /** Where the buffers are. */
    public NativeMemory memory() {
        return buffers.memory();
    }

    /** Where in {@link #memory} the frame of a buffer starts: a multiple of 8. */
    public long frame(int buffer) {
        return buffers.frame(buffer);
    }

    /**
     * Offers to send what is in a buffer, which is the device's from now on.
     *
     * @param length bytes, from the receiver's address on: 14 to {@link NetDriver#frameBytes}
     * @return false if the queue is full: the buffer is still the caller's; harvest, then offer
     *     again
     */
    public boolean offer(int buffer, int length) {
        requireTaken(buffer);
        requireLength(length);
        if (!place(buffer, length)) {
            return false;
        }
        taken[buffer] = false;
        return true;
    }

    /**
     * As {@link #offer}, of a TCP or UDP packet whose checksum the device shall make; the sum of
     * the pseudo header is in its place (section 5.1.9.2.1).
     *
     * @param checksumStart where TCP or UDP starts, counted from the start of the frame
     * @param checksumOffset where the checksum goes, counted from there: 16 for TCP, 6 for UDP
     * @throws IllegalStateException if CSUM was not accepted
     */
    public boolean offerOpen(int buffer, int length, int checksumStart, int checksumOffset) {
        throw new IllegalStateException(
                "sending a frame without its checksum: CSUM was not accepted by "
                        + device.description()
                        + ". Make the checksum and offer the frame as it is.");
    }

    /** Shows the device what was offered, and rings if it wants to hear of it. */
    public void submit() {
        queue.publish();
        queue.ringIfAsked();
    }

    /** Puts a buffer back that was taken and not offered. */
    public void putBack(int buffer) {
        requireTaken(buffer);
        recycle(buffer);
    }

    /**
     * Takes the buffers of all frames that the device has read back into the pool.
     *
     * @return how many
     * @throws org.jvirtio.DeviceBrokenException if the device broke the protocol
     */
    public int harvest() {
        int count = 0;
        while (queue.poll()) {
            recycle((int) queue.token());
            count++;
        }
        return count;
    }

    /** Waits until a frame was read, as long as {@link RunningDevice#awaitUsed} does; harvests. */
    public int await() {
        device.awaitUsed(index, "a frame to be sent");
        recycle((int) queue.token());
        return 1 + harvest();
    }

    /** Frames offered and not yet harvested. */
    public int inFlight() {
        return queue.inFlight();
    }

    /** What {@link #offer} asks, for who writes before it: the memory may be gone. */
    final void requireOfferable(int buffer, int length) {
        queue.requireWorking();
        requireTaken(buffer);
        requireLength(length);
    }

    final long header(int buffer) {
        return buffers.header(buffer);
    }

    private boolean place(int buffer, int length) {
        long header = buffers.headerAddress(buffer);
        if (!framing.headerApart()) {
            return queue.offerReadable(header, framing.headerBytes() + length, buffer);
        }
        chain.clear()
                .readable(header, framing.headerBytes())
                .readable(buffers.frameAddress(buffer), length);
        return queue.offer(chain, buffer);
    }

    /** The buffer is in the pool again. */
    void recycle(int buffer) {
        taken[buffer] = false;
        pool[pooled++] = buffer;
    }

    private void requireTaken(int buffer) {
        if (!taken[buffer]) {
            throw new IllegalStateException(
                    "buffer " + buffer + " is not the caller's: it is in the pool, or being sent");
        }
    }

    private void requireLength(int length) {
        if (length < NetFraming.ETHERNET_BYTES || length > framing.frameBytes()) {
            throw new IllegalArgumentException(
                    String.format(
                            "sending a frame of %d bytes; with this device it has %d to %d",
                            length, NetFraming.ETHERNET_BYTES, framing.frameBytes()));
        }
    }
}
