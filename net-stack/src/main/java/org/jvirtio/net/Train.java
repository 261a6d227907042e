package org.jvirtio.net;

import org.jvirtio.memory.NativeMemory;

/**
 * Segments of one TCP stream that came one after the other, joined to one: what they have alike is
 * handed on once. Kernels do the same ("generic receive offload"), and so may a device that was
 * allowed GUEST_TSO4; this is for one that was not, because each frame handed on has its price.
 *
 * <pre>
 *   | Ethernet, IPv4, TCP | payload 1 |    | Ethernet, IPv4, TCP | payload 2 |
 *                      ------> | Ethernet, IPv4, TCP | payload 1 | payload 2 |
 * </pre>
 *
 * <p>A segment joins if nothing of it is lost: its checksums are right, it carries payload, it
 * begins where the last one ended, and its headers differ from the first one's in nothing else but
 * lengths, identification and PSH. Whatever does not look like that stands alone, as it came: right
 * or wrong is for the receiver to say.
 *
 * <p>All of it is a copy, so that a device can't change what was checked. Allocates nothing per
 * frame; for one thread.
 */
final class Train {

    /** What the length of an IPv4 packet can say. */
    private static final int MOST_TOTAL = 0xffff;

    /** What segments of one train may differ in, besides the checksums, which were checked. */
    private static final int[] ALIKE = {
        // Receiver, sender, type; version, header length, services.
        0,
        Ipv4.TOTAL_LENGTH,
        // Flags, time to live, protocol.
        Ipv4.FRAGMENT,
        Ipv4.CHECKSUM,
        // Addresses, ports.
        Ipv4.SOURCE,
        Tcp.SEQUENCE,
        // Acknowledgment number, data offset.
        Tcp.SEQUENCE + 4,
        Tcp.FLAGS,
        // Window.
        Tcp.FLAGS + 1,
        Tcp.CHECKSUM,
    };

    private final NativeMemory memory = NativeMemory.allocateFor(this, Arrivals.LONGEST);
    private final Frame frame = new Frame();
    private int frames;
    private int length;

    /** Of the first segment; 0 if none may join. */
    private int headers;

    private int segmentBytes;
    private int nextSequence;

    /** Frames in it. */
    int frames() {
        return frames;
    }

    NativeMemory memory() {
        return memory;
    }

    int length() {
        return length;
    }

    /** As a {@link TrainSink} wants it. */
    int segmentBytes() {
        return frames > 1 ? segmentBytes : 0;
    }

    /** Empty again. */
    void clear() {
        frames = 0;
        headers = 0;
    }

    /**
     * Takes a frame in.
     *
     * @return false if it does not belong to the frames that are here; an empty train takes any
     */
    boolean add(Frame came) {
        if (frames == 0) {
            begin(came);
            return true;
        }
        return headers != 0 && join(came);
    }

    private void begin(Frame came) {
        length = came.length();
        frames = 1;
        memory.copyFrom(0, came.memory(), came.start(), length);
        frame.at(memory, 0, length);
        int found = segmentHeaders(frame);
        if (found != 0) {
            int end = Ipv4.HEADER + frame.read16(Ipv4.TOTAL_LENGTH);
            segmentBytes = end - found;
            nextSequence = frame.read32(Tcp.SEQUENCE) + segmentBytes;
            headers = isLast(frame) ? 0 : found;
            length = headers == 0 ? length : end;
        }
    }

    private boolean join(Frame came) {
        int found = segmentHeaders(came);
        int end = found == 0 ? 0 : Ipv4.HEADER + came.read16(Ipv4.TOTAL_LENGTH);
        int payload = end - found;
        if (found != headers
                || end > came.length()
                || payload < 1
                || payload > segmentBytes
                || length + payload > Ipv4.HEADER + MOST_TOTAL
                || came.read32(Tcp.SEQUENCE) != nextSequence
                || !isAlike(came)) {
            return false;
        }
        memory.copyFrom(length, came.memory(), came.start() + found, payload);
        length += payload;
        nextSequence += payload;
        frames++;
        boolean last = isLast(came);
        if (last) {
            frame.write8(Tcp.FLAGS, Tcp.ACK | Tcp.PSH);
        }
        headers = last || payload < segmentBytes ? 0 : headers;
        seal();
        return true;
    }

    /** A sender that says PSH has nothing more to say for now. */
    private static boolean isLast(Frame came) {
        return (came.read8(Tcp.FLAGS) & Tcp.PSH) != 0;
    }

    private boolean isAlike(Frame came) {
        for (int i = 0; i < ALIKE.length; i += 2) {
            for (int at = ALIKE[i]; at < ALIKE[i + 1]; at++) {
                if (frame.read8(at) != came.read8(at)) {
                    return false;
                }
            }
        }
        for (int at = Tcp.CHECKSUM + 2; at < headers; at++) {
            if (frame.read8(at) != came.read8(at)) {
                return false;
            }
        }
        return true;
    }

    /** Makes the headers those of one long segment. */
    private void seal() {
        int total = length - Ipv4.HEADER;
        frame.write16(Ipv4.TOTAL_LENGTH, total);
        frame.write16(Ipv4.CHECKSUM, 0);
        int sum = Checksum.add(0, frame, Ipv4.HEADER, Ipv4.HEADER_BYTES);
        frame.write16(Ipv4.CHECKSUM, Checksum.of(sum));
        frame.write16(Tcp.CHECKSUM, Tcp.pseudoHeaderSum(frame, total - Ipv4.HEADER_BYTES));
    }

    /** Where the payload begins of a segment that may have neighbours; 0 if it is none. */
    private static int segmentHeaders(Frame came) {
        int room = came.length() - Ipv4.HEADER;
        if (room < Ipv4.HEADER_BYTES
                || Ethernet.type(came) != Ethernet.TYPE_IPV4
                || !Ipv4.isPlain(came)
                || Ipv4.protocol(came) != Tcp.PROTOCOL) {
            return 0;
        }
        int total = came.read16(Ipv4.TOTAL_LENGTH);
        int header = total > room ? 0 : Tcp.headerBytes(came, total);
        int payload = total - Ipv4.HEADER_BYTES - header;
        int flags = header == 0 ? 0 : came.read8(Tcp.FLAGS);
        if ((flags | Tcp.PSH) != (Tcp.ACK | Tcp.PSH) || payload < 1) {
            return 0;
        }
        int bytes = total - Ipv4.HEADER_BYTES;
        int sum = Checksum.add(Tcp.pseudoHeaderSum(came, bytes), came, Tcp.HEADER, bytes);
        boolean right =
                Checksum.isRight(sum)
                        && Checksum.isRight(Checksum.add(0, came, Ipv4.HEADER, Ipv4.HEADER_BYTES));
        return right ? Tcp.HEADER + header : 0;
    }
}
