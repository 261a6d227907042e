package org.jvirtio.net;

import org.jvirtio.memory.NativeMemory;

/**
 * Segments of one TCP stream that came one after the other, joined to one: what they have alike is
 * handed on once.
 *
 * <pre>
 *   | Ethernet, IPv4, TCP | data 1 |        | Ethernet, IPv4, TCP | data 2 |
 *
 *                 | Ethernet, IPv4, TCP | data 1 | data 2 |
 * </pre>
 *
 * <p>Every frame that is handed on has its price, mostly a system call and a way through the
 * receiver's stack. Linux joins what comes from its own drivers in the same way ("generic receive
 * offload"), and a device may do so that was allowed GUEST_TSO4 (virtio 1.4 section 5.1.3). Nobody
 * waits for a train: it is what is there at once.
 *
 * <p>A segment joins if nothing of it is lost so: it only brings data, its checksums are right, it
 * begins where the one before it ended, and its headers say what the first one's say. Whatever is
 * otherwise stands alone and as it came; right or wrong is for the receiver to say.
 *
 * <p>The train is a copy. A device that changes a frame while it is looked at changes data only,
 * which it could have sent to begin with. Allocates nothing per frame; for one thread.
 */
final class Train {

    private static final int MOST_END = Ipv4.HEADER + 0xffff;

    private final NativeMemory memory = NativeMemory.allocateFor(this, Arrivals.LONGEST);
    private final Frame joined = new Frame();
    private int frames;
    private int length;

    /** Where the data begins; 0 if nobody may join. */
    private int data;

    private int segmentBytes;
    private int nextSequence;

    /** Frames in it. */
    int frames() {
        return frames;
    }

    /** Where it is, from offset 0 on. */
    NativeMemory memory() {
        return memory;
    }

    /** Its bytes. */
    int length() {
        return length;
    }

    /** Data in each segment but the last, which may have less; 0 if it is one frame as it came. */
    int segmentBytes() {
        return frames > 1 ? segmentBytes : 0;
    }

    /** Makes it empty. */
    void clear() {
        frames = 0;
    }

    /**
     * Takes a frame in.
     *
     * @return false if it does not belong to those that are here; an empty train takes any
     */
    boolean add(Frame frame) {
        if (frames > 0) {
            return data != 0 && join(frame);
        }
        begin(frame);
        return true;
    }

    private void begin(Frame frame) {
        frames = 1;
        length = frame.length();
        memory.copyFrom(0, frame.memory(), frame.start(), length);
        joined.at(memory, 0, length);
        data = Tcp.data(joined);
        if (data == 0 || Tcp.isPushed(joined) || Tcp.end(joined) != length) {
            data = 0;
        } else {
            segmentBytes = length - data;
            nextSequence = Tcp.sequence(joined) + segmentBytes;
        }
    }

    private boolean join(Frame frame) {
        if (Tcp.data(frame) != data
                || Tcp.sequence(frame) != nextSequence
                || !Tcp.areAlike(joined, frame, data)) {
            return false;
        }
        // Read once: the device may have changed it since it was looked at.
        int end = Tcp.end(frame);
        int bytes = end - data;
        if (bytes < 1
                || bytes > segmentBytes
                || end > frame.length()
                || length + bytes > MOST_END) {
            return false;
        }
        append(frame, bytes);
        return true;
    }

    private void append(Frame frame, int bytes) {
        memory.copyFrom(length, frame.memory(), frame.start() + data, bytes);
        frames++;
        length += bytes;
        nextSequence += bytes;
        Tcp.setEnd(joined, length);
        if (Tcp.isPushed(frame)) {
            Tcp.push(joined);
        }
        if (bytes < segmentBytes || Tcp.isPushed(joined)) {
            data = 0;
        }
    }
}
