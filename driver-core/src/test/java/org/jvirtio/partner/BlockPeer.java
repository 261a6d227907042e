package org.jvirtio.partner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jvirtio.memory.NativeMemory;

/**
 * The device side of a disk, written from virtio 1.4 section 5.2.6: takes requests off a {@link
 * RingPeer}, keeps what it saw, and can lie about how they ended.
 */
public final class BlockPeer {

    /** One request as the device saw it. */
    public record Seen(int type, int reserved, long sector, List<RingPeer.Buffer> data) {

        public long dataBytes() {
            return data.stream().mapToLong(RingPeer.Buffer::length).sum();
        }
    }

    public final List<Seen> seen = new ArrayList<>();
    public final byte[] disk;
    private final List<RingPeer.Request> held = new ArrayList<>();
    private final List<byte[]> ranges = new ArrayList<>();

    /** What the device writes as status; negative for nothing at all. */
    public int status;

    /** Subtracted from the used length. */
    public int underReport;

    /** Bytes written from the status byte on; a device in its right mind writes one. */
    public int statusBytes = 1;

    /** How many bytes it writes past the end of the data. */
    public int dataOverrun;

    public byte[] id = new byte[20];
    public boolean knowsId = true;

    /** Holds requests back until {@link #release}. */
    public boolean holds;

    public BlockPeer(int sectors) {
        disk = new byte[sectors * 512];
    }

    /** Ranges of discards and write-zeroes, 16 bytes each, as they came. */
    public List<byte[]> ranges() {
        return ranges;
    }

    /** Takes everything there is. */
    public void run(RingPeer ring, PartnerMemory memory) {
        while (ring.hasRequest()) {
            held.add(ring.take());
        }
        if (!holds) {
            release(ring, memory, new Random(0), held.size());
        }
    }

    /** Completes {@code count} of the requests held, in random order, in one batch. */
    public void release(RingPeer ring, PartnerMemory memory, Random random, int count) {
        Collections.shuffle(held, random);
        for (RingPeer.Request request : held.subList(0, count)) {
            long length = serve(ring, memory, request);
            ring.write(request.id(), length - underReport);
        }
        held.subList(0, count).clear();
        ring.show();
    }

    private long serve(RingPeer ring, PartnerMemory memory, RingPeer.Request request) {
        List<RingPeer.Buffer> buffers = request.buffers();
        RingPeer.Buffer header = buffers.get(0);
        RingPeer.Buffer last = buffers.get(buffers.size() - 1);
        // Framing of 5.2.6.4, which also the oldest devices understand.
        if (header.length() != 16 || header.writable() || last.length() != 1 || !last.writable()) {
            throw new AssertionError("framing " + buffers);
        }
        NativeMemory bytes = ring.bytes(header);
        List<RingPeer.Buffer> data = buffers.subList(1, buffers.size() - 1);
        Seen parsed = new Seen(bytes.read32(0), bytes.read32(4), bytes.read64(8), data);
        seen.add(parsed);
        int outcome = execute(ring, memory, parsed);
        long written = 0;
        for (RingPeer.Buffer buffer : data) {
            written += buffer.writable() ? buffer.length() : 0;
        }
        return written + writeStatus(memory, last.address(), outcome);
    }

    private int writeStatus(PartnerMemory memory, long address, int outcome) {
        if (status < 0) {
            return 0;
        }
        int value = status != 0 ? status : outcome;
        NativeMemory target = memory.at(address, statusBytes);
        target.fill(0, statusBytes, 0);
        target.write8(0, value);
        return 1;
    }

    private int execute(RingPeer ring, PartnerMemory memory, Seen request) {
        switch (request.type()) {
            case 0 -> copy(memory, request, true);
            case 1 -> copy(memory, request, false);
            case 4 -> requireNoData(request);
            case 8 -> {
                return giveId(ring, request);
            }
            case 11, 13 -> takeRanges(ring, request);
            default -> {
                return 2;
            }
        }
        return 0;
    }

    private void copy(PartnerMemory memory, Seen request, boolean toDriver) {
        int at = Math.toIntExact(request.sector() * 512);
        for (RingPeer.Buffer buffer : request.data()) {
            if (buffer.writable() != toDriver) {
                throw new AssertionError("wrong direction: " + request);
            }
            int length = (int) buffer.length();
            NativeMemory bytes = memory.at(buffer.address(), length + (long) dataOverrun);
            if (toDriver) {
                bytes.copyFrom(0, disk, at, length);
                bytes.fill(length, dataOverrun, 0x77);
            } else {
                bytes.copyTo(0, disk, at, length);
            }
            at += length;
        }
    }

    private static void requireNoData(Seen request) {
        if (!request.data().isEmpty() || request.sector() != 0) {
            throw new AssertionError("a flush with data or sector: " + request);
        }
    }

    private int giveId(RingPeer ring, Seen request) {
        if (request.dataBytes() != 20) {
            throw new AssertionError("GET_ID with " + request.dataBytes() + " bytes");
        }
        ring.bytes(request.data().get(0)).copyFrom(0, id, 0, id.length);
        return knowsId ? 0 : 2;
    }

    private void takeRanges(RingPeer ring, Seen request) {
        byte[] range = new byte[(int) request.dataBytes()];
        ring.bytes(request.data().get(0)).copyTo(0, range, 0, range.length);
        ranges.add(range);
    }
}
