package org.jvirtio.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The receive side of a network model (virtio 1.4 sections 5.1.9.3 and 5.1.9.4): frames that wait
 * for buffers, and buffers that wait for frames.
 *
 * <p>Used under the function's lock.
 */
final class NetReceiver {

    /** Frames that wait; what is more is lost, as on an Ethernet. */
    private static final int MOST_WAITING = 1024;

    private final Deque<byte[]> frames = new ArrayDeque<>();
    private final Deque<ModelChain> buffers = new ArrayDeque<>();
    private int headerBytes;
    private boolean merges;
    private boolean checksums;
    private boolean leavesOpen;

    /** The driver settled on features that mean this. */
    void settle(int bytesOfHeader, boolean mergeable, boolean guestChecksums, boolean open) {
        headerBytes = bytesOfHeader;
        merges = mergeable;
        checksums = guestChecksums;
        leavesOpen = open;
    }

    void clear() {
        frames.clear();
        buffers.clear();
    }

    void addBuffer(ModelChain chain) {
        if (chain.readableLength() > 0 || chain.writableLength() < headerBytes) {
            throw new ProtocolFault(
                    String.format(
                            "receive buffer with %d readable and %d writable bytes; it needs a"
                                    + " writable header of %d (section 5.1.9.3.1)",
                            chain.readableLength(), chain.writableLength(), headerBytes));
        }
        buffers.add(chain);
    }

    /** True if no frame waits. */
    boolean isIdle() {
        return frames.isEmpty();
    }

    void addFrame(byte[] frame) {
        if (frames.size() < MOST_WAITING) {
            frames.add(frame);
        }
    }

    /** Brings frames and buffers together as long as there are both. */
    void pump() {
        buffers.removeIf(ModelChain::isForgotten); // Of a queue that was reset.
        while (!frames.isEmpty() && !buffers.isEmpty()) {
            int wanted = buffersFor(headerBytes + frames.element().length);
            if (wanted > buffers.size()) {
                return;
            }
            byte[] frame = frames.remove();
            if (wanted == 0) {
                buffers.element()
                        .complain(
                                String.format(
                                        "receive buffer of %d bytes, too short for a frame of %d"
                                                + " and its header (section 5.1.9.3.1)",
                                        buffers.element().writableLength(), frame.length));
            } else {
                write(frame, wanted);
            }
        }
    }

    /** How many of the buffers hold so much; one more than there are if all do not; 0 for never. */
    private int buffersFor(int bytes) {
        long room = 0;
        int count = 0;
        for (ModelChain buffer : buffers) {
            room += buffer.writableLength();
            count++;
            if (room >= bytes) {
                return count;
            }
            if (!merges) {
                return 0;
            }
        }
        return count + 1;
    }

    /** 5.1.9.4.1: all buffers but the last are filled; all are used together. */
    private void write(byte[] frame, int count) {
        byte[] bytes = new byte[headerBytes + frame.length];
        System.arraycopy(
                checksums ? checked(frame, bytes) : frame, 0, bytes, headerBytes, frame.length);
        if (headerBytes > NetModel.SHORT_HEADER) {
            bytes[NetModel.SHORT_HEADER] = (byte) count;
            bytes[NetModel.SHORT_HEADER + 1] = (byte) (count >> Byte.SIZE);
        }
        List<ModelChain> chains = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chains.add(buffers.remove());
        }
        int done = 0;
        for (ModelChain chain : chains) {
            int piece = (int) Math.min(chain.writableLength(), bytes.length - done);
            chain.write(0, Arrays.copyOfRange(bytes, done, done + piece), piece);
            chain.complete(piece);
            done += piece;
        }
    }

    /** 5.1.9.4.1: DATA_VALID only of what was checked; NEEDS_CSUM with the pseudo header summed. */
    private byte[] checked(byte[] frame, byte[] header) {
        byte[] copy = frame.clone(); // Others may have the frame, too.
        NetPacket packet = NetPacket.in(copy).filter(NetPacket::isVerified).orElse(null);
        if (packet != null && leavesOpen) {
            packet.leaveOpen();
            header[0] = NetChecksum.NEEDS_CSUM;
            header[NetChecksum.START] = (byte) packet.transport();
            header[NetChecksum.OFFSET] = (byte) packet.checksumOffset();
        } else if (packet != null) {
            header[0] = NetChecksum.DATA_VALID;
        }
        return copy;
    }
}
