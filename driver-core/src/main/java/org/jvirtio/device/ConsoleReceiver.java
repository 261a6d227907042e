package org.jvirtio.device;

import org.jvirtio.RunningDevice;
import org.jvirtio.queue.Virtqueue;

/**
 * The receive queue of one port (virtio 1.4 section 5.3.6): the bytes that the device brought, in
 * their order, copied out of its buffers once.
 *
 * <p>The device has all buffers but the one that is being read, so a host that writes more than is
 * read has to stop: nothing grows. Nothing is allocated after the constructor. Under the driver's
 * lock.
 */
final class ConsoleReceiver {

    private static final int BUFFERS = 16;
    private static final int BUFFER_BYTES = 4096;
    private static final int NONE = -1;

    private final Virtqueue queue;
    private final ConsoleBuffers buffers;
    private final ConsoleDrops drops;
    private final String what;
    private int current = NONE;
    private int position;
    private int length;

    ConsoleReceiver(RunningDevice device, int queueIndex, ConsoleDrops drops) {
        this.drops = drops;
        queue = device.queue(queueIndex);
        what = "receiving on queue " + queueIndex + " of a console";
        buffers = new ConsoleBuffers(device, queue, BUFFERS, BUFFER_BYTES);
        refill();
    }

    Virtqueue queue() {
        return queue;
    }

    /** Bytes that can be taken without asking the device. */
    int atHand() {
        return length - position;
    }

    /**
     * True if there are bytes to {@link #take}. Buffers without a byte are given back and counted,
     * as many as there are buffers, so a device that sends nothing but those keeps nobody here.
     */
    boolean hasBytes() {
        queue.requireWorking();
        for (int looks = 0; current == NONE && looks < BUFFERS && queue.poll(); looks++) {
            open();
        }
        return current != NONE;
    }

    private void open() {
        int buffer = buffers.polled(what);
        if (queue.usedLength() == 0) {
            drops.count(ConsoleDrop.NO_BYTES);
            giveBack(buffer);
            return;
        }
        current = buffer;
        position = 0;
        length = (int) queue.usedLength();
    }

    /** Copies at most {@code count} bytes of what is there; returns how many. */
    int take(byte[] target, int offset, int count) {
        int done = 0;
        while (done < count && hasBytes()) {
            int piece = Math.min(count - done, atHand());
            long from = buffers.start(current) + position;
            buffers.memory().copyTo(from, target, offset + done, piece);
            consume(piece);
            done += piece;
        }
        return done;
    }

    /** Drops what is there, at most what all buffers hold. */
    void discard() {
        for (int i = 0; i <= BUFFERS && hasBytes(); i++) {
            consume(atHand());
        }
    }

    private void consume(int count) {
        position += count;
        if (position == length) {
            int done = current;
            current = NONE;
            position = 0;
            length = 0;
            giveBack(done);
        }
    }

    private void giveBack(int buffer) {
        buffers.putBack(buffer);
        refill();
    }

    private void refill() {
        while (buffers.hasFree()) {
            int buffer = buffers.take();
            if (!queue.offerWritable(buffers.deviceAddress(buffer), buffers.bytes(), buffer)) {
                buffers.putBack(buffer);
                break;
            }
        }
        queue.publish();
        queue.ringIfAsked();
    }
}
