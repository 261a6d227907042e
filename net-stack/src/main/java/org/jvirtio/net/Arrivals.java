package org.jvirtio.net;

import org.jvirtio.device.NetReceiveQueue;
import org.jvirtio.memory.NativeMemory;

/** Shows the frames of a harvest one after the other, each in one piece. */
final class Arrivals {

    /** The longest frame that mergeable buffers can hold together. */
    static final int LONGEST = 65535 + 18;

    private final NetReceiveQueue queue;
    private final Frame frame = new Frame();
    private byte[] pieces;
    private NativeMemory joined;

    Arrivals(NetReceiveQueue queue) {
        this.queue = queue;
    }

    /** Frame {@code index} of the harvest; the view is the same object each time. */
    Frame show(int index) {
        int length = queue.length(index);
        return queue.pieces(index) == 1
                ? frame.at(queue.memory(), queue.frame(index), length)
                : frame.at(join(index, length), 0, length);
    }

    /** Copies a frame that lies in many buffers; the memory for it is made at the first. */
    private NativeMemory join(int index, int length) {
        if (joined == null) {
            pieces = new byte[LONGEST];
            joined = NativeMemory.allocateFor(this, LONGEST);
        }
        queue.copyTo(index, pieces, 0);
        joined.copyFrom(0, pieces, 0, length);
        return joined;
    }
}
