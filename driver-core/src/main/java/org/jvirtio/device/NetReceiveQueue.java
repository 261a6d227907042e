package org.jvirtio.device;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jvirtio.RunningDevice;
import org.jvirtio.memory.CacheLinePadding;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.queue.Chain;
import org.jvirtio.queue.Virtqueue;

/**
 * Receives raw frames, many at a time (virtio 1.4 section 5.1.9.3): harvest shows what came, refill
 * gives the buffers back to the device.
 *
 * <pre>
 *   refill ----> device writes ----> harvest ----> look at frames ----> refill
 * </pre>
 *
 * <p>A frame is seen where the device wrote it, until the next {@link #refill}. The device can
 * still change it then: {@link #copyTo} first, then parse, if that matters. What cannot be a frame
 * is dropped and counted; what breaks the ring or its surroundings breaks the queue.
 *
 * <p>Nothing is allocated per frame. Not thread-safe: one queue, one thread.
 */
public sealed class NetReceiveQueue extends CacheLinePadding permits NetChecksumReceiveQueue {

    /** As many as 64 KiB take in pages, and one: more than any frame needs (section 5.1.9.3.1). */
    static final int MOST_PIECES = 17;

    private final RunningDevice device;
    private final int index;
    private final Virtqueue queue;
    private final NetFraming framing;
    private final NetBuffers buffers;
    private final NetPieces frames;
    private final Chain chain = new Chain(2);

    private final int[] free;
    private int freeCount;
    private long clamped;
    private final Map<NetDrop, AtomicLong> dropped = new EnumMap<>(NetDrop.class);

    NetReceiveQueue(RunningDevice device, int index, NetFraming framing) {
        this.device = device;
        this.index = index;
        this.framing = framing;
        queue = device.queue(index);
        buffers = NetBuffers.toReceive(device, index, framing);
        frames = new NetPieces(buffers.count());
        free = new int[buffers.count()];
        for (int i = buffers.count() - 1; i >= 0; i--) {
            free[freeCount++] = i;
        }
        for (NetDrop reason : NetDrop.values()) {
            dropped.put(reason, new AtomicLong());
        }
    }

    /** Buffers, whoever has them. */
    public int capacity() {
        return buffers.count();
    }

    /**
     * Gives every buffer that the device does not have to it, publishes once, and rings if asked.
     * The frames of the last harvest are gone.
     */
    public void refill() {
        queue.requireWorking();
        frames.clear();
        while (freeCount > 0 && place(free[freeCount - 1])) {
            freeCount--;
        }
        queue.publish();
        queue.ringIfAsked();
    }

    /**
     * Looks for frames. Those of the harvest before are gone, and their buffers wait for {@link
     * #refill}.
     *
     * @return how many there are, at most {@code most}
     * @throws org.jvirtio.DeviceBrokenException if the device broke the protocol
     */
    public int harvest(int most) {
        frames.clear();
        while (frames.count() < most && queue.poll()) {
            takeFrame();
        }
        return frames.count();
    }

    /**
     * Waits until the device used a buffer, as long as {@link RunningDevice#awaitUsed} does, and
     * harvests: for frames that must come.
     *
     * @return as {@link #harvest}; 0 if what came was dropped
     */
    public int await(int most) {
        device.awaitUsed(index, "a frame");
        frames.clear();
        takeFrame();
        while (frames.count() < most && queue.poll()) {
            takeFrame();
        }
        return frames.count();
    }

    /** Where the frames are. */
    public NativeMemory memory() {
        return buffers.memory();
    }

    /** Where in {@link #memory} frame {@code index} of the harvest starts, or its first piece. */
    public long frame(int index) {
        return frames.start(frames.first(index));
    }

    /** Bytes of frame {@code index}, from the receiver's address on. */
    public int length(int index) {
        return frames.length(index);
    }

    /**
     * Buffers that hold frame {@code index}: 1, unless MRG_RXBUF was accepted and it is longer than
     * one.
     */
    public int pieces(int index) {
        return frames.first(index + 1) - frames.first(index);
    }

    /** What the device says of the checksum of frame {@code index}. */
    public NetChecksum checksum(int index) {
        frames.length(index);
        return NetChecksum.UNCHECKED;
    }

    /**
     * Copies frame {@code index}, all its pieces, and makes the checksum if it was left open;
     * returns its length.
     */
    public int copyTo(int index, byte[] target, int offset) {
        int length = frames.length(index);
        Objects.checkFromIndexSize(offset, length, target.length);
        int at = offset;
        for (int piece = frames.first(index); piece < frames.first(index + 1); piece++) {
            int count = frames.bytes(piece);
            buffers.memory().copyTo(frames.start(piece), target, at, count);
            at += count;
        }
        return length;
    }

    /** Frames dropped, for whatever reason. */
    public long dropped() {
        return dropped.values().stream().mapToLong(AtomicLong::get).sum();
    }

    public long dropped(NetDrop reason) {
        return dropped.get(reason).get();
    }

    /** Buffers that the device has, or has used and nobody harvested. */
    public int inFlight() {
        return queue.inFlight();
    }

    private boolean place(int buffer) {
        long header = buffers.headerAddress(buffer);
        if (!framing.headerApart()) {
            int length = framing.headerBytes() + buffers.roomBytes();
            return queue.offerWritable(header, length, buffer);
        }
        chain.clear()
                .writable(header, framing.headerBytes())
                .writable(buffers.frameAddress(buffer), buffers.roomBytes());
        return queue.offer(chain, buffer);
    }

    /** Turns the buffer polled last, and those that belong to it, into a frame or into nothing. */
    private void takeFrame() {
        int buffer = takeBuffer();
        int used = (int) queue.usedLength();
        if (used < framing.headerBytes()) {
            drop(NetDrop.NO_HEADER);
            return;
        }
        frames.add(buffers.frame(buffer), used - framing.headerBytes());
        if (framing.merges()) {
            long field = buffers.header(buffer) + NetField.NUM_BUFFERS.offset();
            int count = buffers.memory().read16(field);
            if (count != 1 && !takeRest(count)) {
                return;
            }
        }
        finishFrame(buffer);
    }

    /** Accepts the frame whose pieces are there, if it can be one. */
    private void finishFrame(int first) {
        int length = frames.openLength();
        if (queue.clampedLengths() != clamped) {
            clamped = queue.clampedLengths();
            drop(NetDrop.CLAIMED_TOO_MUCH);
        } else if (length < NetFraming.ETHERNET_BYTES) {
            drop(NetDrop.RUNT);
        } else if (length > framing.longestBytes()) {
            drop(NetDrop.TOO_LONG);
        } else if (isSound(frames.count(), buffers.header(first), length)) {
            frames.close();
        } else {
            drop(NetDrop.OFFLOAD);
        }
    }

    /**
     * Whether what the header says of frame {@code index}, which is not closed yet, can be so.
     * Without offloads it says nothing, and is not looked at.
     */
    boolean isSound(int index, long header, int length) {
        return true;
    }

    /** Takes the other buffers of a frame of {@code count}; false if the frame was dropped. */
    private boolean takeRest(int count) {
        boolean possible = count > 0 && count <= MOST_PIECES && count - 1 <= queue.inFlight();
        for (int i = 1; i < count; i++) {
            // 5.1.9.4.1: the device uses all buffers of a frame together.
            if (!queue.poll()) {
                drop(possible ? NetDrop.MISSING_BUFFERS : NetDrop.NUM_BUFFERS);
                return false;
            }
            int buffer = takeBuffer();
            if (possible) {
                frames.add(buffers.header(buffer), (int) queue.usedLength());
            }
        }
        if (!possible) {
            drop(NetDrop.NUM_BUFFERS);
        }
        return possible;
    }

    /** The buffer polled last is ours again. */
    private int takeBuffer() {
        int buffer = (int) queue.token();
        free[freeCount++] = buffer;
        if (!buffers.isIntact(buffer)) {
            throw queue.breakWith(
                    String.format(
                            "receiving a frame: the device wrote past the end of its buffer, the"
                                    + " canary before buffer %d is gone. Reset the device, and"
                                    + " report it.",
                            buffer));
        }
        return buffer;
    }

    private void drop(NetDrop reason) {
        frames.discard();
        dropped.get(reason).incrementAndGet();
    }
}
