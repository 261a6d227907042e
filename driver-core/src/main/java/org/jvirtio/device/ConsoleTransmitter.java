package org.jvirtio.device;

import org.jvirtio.RunningDevice;
import org.jvirtio.queue.Virtqueue;

/**
 * The transmit queue of one port (virtio 1.4 section 5.3.6): bytes are copied into buffers that the
 * device reads, as long as it has not all of them.
 *
 * <p>Nothing is allocated after the constructor. Under the driver's lock.
 */
final class ConsoleTransmitter {

    private static final int BUFFERS = 16;
    private static final int BUFFER_BYTES = 4096;

    private final Virtqueue queue;
    private final ConsoleBuffers buffers;
    private final String what;

    ConsoleTransmitter(RunningDevice device, int queueIndex) {
        queue = device.queue(queueIndex);
        what = "sending on queue " + queueIndex + " of a console";
        buffers = new ConsoleBuffers(device, queue, BUFFERS, BUFFER_BYTES);
    }

    Virtqueue queue() {
        return queue;
    }

    /** True if {@link #put} would take a byte. */
    boolean hasRoom() {
        harvest();
        return buffers.hasFree();
    }

    /** True if the device has read all that was put. */
    boolean isIdle() {
        harvest();
        return buffers.areAllFree();
    }

    /** Sends at most {@code count} bytes; returns how many found room. */
    int put(byte[] source, int offset, int count) {
        harvest();
        int done = 0;
        while (done < count && buffers.hasFree()) {
            int piece = Math.min(count - done, buffers.bytes());
            int buffer = buffers.take();
            buffers.memory().copyFrom(buffers.start(buffer), source, offset + done, piece);
            if (!queue.offerReadable(buffers.deviceAddress(buffer), piece, buffer)) {
                buffers.putBack(buffer);
                break;
            }
            done += piece;
        }
        queue.publish();
        queue.ringIfAsked();
        return done;
    }

    /** The queue never has more in flight than there are buffers, so this ends. */
    private void harvest() {
        queue.requireWorking();
        for (int i = 0; i < BUFFERS && queue.poll(); i++) {
            buffers.putBack(buffers.polled(what));
        }
    }
}
