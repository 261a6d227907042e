package org.jvirtio.partner;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jvirtio.memory.NativeMemory;

/**
 * The device side of a network device, written from virtio 1.4 section 5.1.9: what is transmitted
 * is kept and, if wanted, received again. It can lie about what it received.
 */
public final class NetPeer {

    /** What was transmitted, without the header. */
    public final List<byte[]> sent = new ArrayList<>();

    private final int headerBytes;
    private final boolean headerApart;
    private final boolean merges;
    private final Deque<byte[]> waiting = new ArrayDeque<>();

    /** Holds transmitted frames back until {@link #releaseSent}. */
    public boolean holds;

    /** Receives what it transmits. */
    public boolean loops;

    /** Added to the used length of the last buffer of a frame. */
    public int lengthLie;

    /** What num_buffers says; negative for the truth. */
    public int numBuffers = -1;

    /** The first ten bytes of the header of what it receives. */
    public byte[] offload = new byte[10];

    /** The headers of what was transmitted; must be zeros unless they may be something. */
    public final List<byte[]> headers = new ArrayList<>();

    /** Takes headers that are not zeros: CSUM was accepted. */
    public boolean takesOffloads;

    /** How many bytes it writes behind the room of a buffer. */
    public int overrun;

    /** Buffers of a frame that are used; the rest is forgotten. */
    public int mostBuffers = Integer.MAX_VALUE;

    private final List<Integer> held = new ArrayList<>();

    public NetPeer(int headerBytes, boolean headerApart, boolean merges) {
        this.headerBytes = headerBytes;
        this.headerApart = headerApart;
        this.merges = merges;
    }

    /** Takes all that was offered to be transmitted. */
    public void transmit(RingPeer ring, PartnerMemory memory) {
        while (ring.hasRequest()) {
            RingPeer.Request request = ring.take();
            byte[] frame = frame(ring, request);
            sent.add(frame);
            if (loops) {
                waiting.add(frame);
            }
            held.add(request.id());
        }
        if (!holds) {
            releaseSent(ring, held.size());
        }
    }

    /** Gives back the oldest {@code count} transmitted frames, in one batch. */
    public void releaseSent(RingPeer ring, int count) {
        for (int head : held.subList(0, count)) {
            ring.write(head, 0);
        }
        held.subList(0, count).clear();
        ring.show();
    }

    /** A frame from outside. */
    public void arrive(byte[] frame) {
        waiting.add(frame);
    }

    /** Receives what waits, as long as there are buffers. */
    public void receive(RingPeer ring, PartnerMemory memory) {
        while (!waiting.isEmpty() && ring.hasRequest()) {
            write(ring, memory, waiting.remove());
        }
        ring.show();
    }

    private byte[] frame(RingPeer ring, RingPeer.Request request) {
        byte[] bytes = new byte[0];
        for (RingPeer.Buffer buffer : request.buffers()) {
            if (buffer.writable()) {
                throw new AssertionError("a writable buffer to transmit from");
            }
            int before = bytes.length;
            bytes = Arrays.copyOf(bytes, before + (int) buffer.length());
            ring.bytes(buffer).copyTo(0, bytes, before, (int) buffer.length());
        }
        requireFraming(request);
        headers.add(Arrays.copyOf(bytes, headerBytes));
        for (int i = 0; i < headerBytes; i++) {
            if (bytes[i] != 0 && !takesOffloads) {
                throw new AssertionError("byte " + i + " of the header is " + bytes[i]);
            }
        }
        return Arrays.copyOfRange(bytes, headerBytes, bytes.length);
    }

    /** 5.1.9.6: without ANY_LAYOUT "a single descriptor for the struct virtio_net_hdr". */
    private void requireFraming(RingPeer.Request request) {
        int count = request.buffers().size();
        boolean apart = count == 2 && request.buffers().get(0).length() == headerBytes;
        if (headerApart ? !apart : count != 1) {
            throw new AssertionError("framing " + request.buffers());
        }
    }

    private void write(RingPeer ring, PartnerMemory memory, byte[] frame) {
        byte[] bytes = new byte[headerBytes + frame.length];
        System.arraycopy(offload, 0, bytes, 0, offload.length);
        System.arraycopy(frame, 0, bytes, headerBytes, frame.length);
        int used = 0;
        int done = 0;
        NativeMemory header = null;
        boolean more = true;
        while (more) {
            RingPeer.Request request = ring.take();
            requireFraming(request);
            long start = request.buffers().get(0).address();
            int room = (int) request.writableBytes();
            int count = Math.min(room, bytes.length - done);
            NativeMemory target = memory.at(start, room + (long) overrun);
            target.copyFrom(0, bytes, done, count);
            target.fill(room, overrun, 0x77);
            header = header == null ? target : header;
            done += count;
            used++;
            more = merges && done < bytes.length && used < mostBuffers && ring.hasRequest();
            ring.write(request.id(), count + (more ? 0 : lengthLie));
        }
        if (headerBytes > 10) {
            header.write16(10, numBuffers < 0 ? used : numBuffers);
        }
    }
}
