package org.jvirtio.device;

import org.jvirtio.LayoutException;
import org.jvirtio.RingFeature;
import org.jvirtio.RunningDevice;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;

/**
 * The buffers of one network queue, side by side in memory that the device reaches.
 *
 * <pre>
 *   one buffer
 *    0   canary (8)
 *        nothing
 *   24 - header   header (10 or 12)
 *   24   frame
 *        nothing, up to the next odd number of cache lines
 * </pre>
 *
 * <p>The header ends where the frame begins: one descriptor covers both, and where the header needs
 * its own, nothing moves. An odd number of lines spreads the buffers over all sets of a cache.
 *
 * <p>The canary shows a device that wrote past the buffer before. It lies in the cache line of the
 * header, which is read anyway; one behind each buffer would cost a line of its own for each short
 * frame.
 */
final class NetBuffers {

    private static final int FRAME = 24;
    private static final int LINE = 64;
    private static final long CANARY = 0xc0ffee_5a_c0ffee_a5L;

    /** One huge page. The device names the MTU; what all buffers take is for us to say. */
    private static final int MOST_BYTES = 2 << 20;

    private final DmaRegion region;
    private final NativeMemory memory;
    private final int headerBytes;
    private final int roomBytes;
    private final int count;
    private final long stride;

    private NetBuffers(RunningDevice device, NetFraming framing, int most, int roomBytes) {
        headerBytes = framing.headerBytes();
        this.roomBytes = roomBytes;
        stride = (long) LINE * ((FRAME + roomBytes + LINE - 1) / LINE | 1);
        count = (int) Math.min(most, MOST_BYTES / stride);
        region = device.allocate(stride * count, LINE);
        memory = region.memory();
        for (int i = 0; i < count; i++) {
            memory.write64(at(i), CANARY);
        }
    }

    /** Makes as many as a queue to receive with can hold at once. */
    static NetBuffers toReceive(RunningDevice device, int queue, NetFraming framing) {
        int most = requests(device, queue, framing);
        return new NetBuffers(device, framing, most, framing.roomBytes(most));
    }

    /** Makes as many as a queue to transmit with can hold at once; their headers are zero. */
    static NetBuffers toTransmit(RunningDevice device, int queue, NetFraming framing) {
        int most = requests(device, queue, framing);
        return new NetBuffers(device, framing, most, framing.frameBytes());
    }

    private static int requests(RunningDevice device, int queue, NetFraming framing) {
        int capacity = device.queue(queue).capacity();
        // 2.7.5.3.1: a chain is no longer than the queue, in a table of its own or not.
        if (framing.headerApart() && capacity < 2) {
            throw new LayoutException(
                    String.format(
                            "opening queue %d of %s: it has %d entry, and header and frame need one"
                                    + " each. Give the device longer queues, or ANY_LAYOUT.",
                            queue, device.description(), capacity));
        }
        boolean two = framing.headerApart() && !device.has(RingFeature.INDIRECT_DESC);
        return two ? capacity / 2 : capacity;
    }

    int count() {
        return count;
    }

    /** Bytes of a frame that one buffer holds. */
    int roomBytes() {
        return roomBytes;
    }

    NativeMemory memory() {
        return memory;
    }

    /** Where the frame of a buffer starts in {@link #memory}. */
    long frame(int buffer) {
        return at(buffer) + FRAME;
    }

    long header(int buffer) {
        return at(buffer) + FRAME - headerBytes;
    }

    long frameAddress(int buffer) {
        return region.deviceAddress(frame(buffer));
    }

    long headerAddress(int buffer) {
        return region.deviceAddress(header(buffer));
    }

    boolean isIntact(int buffer) {
        return memory.read64(at(buffer)) == CANARY;
    }

    private long at(int buffer) {
        return stride * buffer;
    }
}
