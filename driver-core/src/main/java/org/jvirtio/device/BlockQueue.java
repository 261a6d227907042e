package org.jvirtio.device;

import org.jvirtio.RingFeature;
import org.jvirtio.RunningDevice;
import org.jvirtio.memory.CacheLinePadding;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.queue.Chain;
import org.jvirtio.queue.Virtqueue;

/**
 * Many block requests in flight on one queue (virtio 1.4 section 5.2.6): offer, submit once, poll
 * for completions, which come in any order.
 *
 * <pre>
 *   a request   header (16)       data (n sectors)            status (1)
 *               device reads      device reads or writes      device writes
 * </pre>
 *
 * <p>Header and status always have descriptors of their own and the data has its own: devices from
 * before 1.0 may insist on it (section 5.2.6.4), later ones take any framing.
 *
 * <p>Data lies in the caller's regions, which the device owns from offer to completion. Sectors are
 * of 512 bytes. Nothing is allocated per request. Not thread-safe: one queue, one thread.
 */
public final class BlockQueue extends CacheLinePadding {

    private static final int MAX_SLOTS = 1024;
    private static final int NO_SLOT = -1;

    /** Takes the place of a status value where the data is short. */
    private static final int SHORT = -2;

    private final RunningDevice device;
    private final int index;
    private final Virtqueue queue;
    private final BlockRules rules;
    private final BlockSlots slots;
    private final boolean reportsLengths;
    private final Chain chain;

    /** Of requests with one data buffer; null if the device takes no such tables. */
    private final BlockTables tables;

    private final int[] freeSlots;
    private int freeCount;
    private final long[] tokens;
    private final long[] leastUsed;

    private long token;
    private int status;

    BlockQueue(RunningDevice device, int index, BlockRules rules) {
        this.device = device;
        this.index = index;
        this.rules = rules;
        queue = device.queue(index);
        // 5.2.6.3: without VERSION_1 the driver "SHOULD ignore the used length values".
        reportsLengths = device.has(RingFeature.VERSION_1);
        chain = new Chain(rules.limits().segments() + BlockLimits.DESCRIPTORS_BESIDE_DATA);
        int count = Math.min(queue.capacity(), MAX_SLOTS);
        slots = new BlockSlots(device.allocate(BlockSlots.length(count), 64));
        tokens = new long[count];
        leastUsed = new long[count];
        boolean indirect = device.has(RingFeature.INDIRECT_DESC);
        tables = indirect ? new BlockTables(device, slots, count) : null;
        freeSlots = new int[count];
        while (freeCount < count) {
            freeSlots[freeCount] = freeCount;
            freeCount++;
        }
    }

    /**
     * Offers to read {@code length} bytes of the disk into {@code data}.
     *
     * @param length a multiple of the block size, at most {@link BlockDriver#requestBytes}
     * @param requestToken comes back from {@link #token}
     * @return false if the queue is full: poll, then offer again
     * @throws org.jvirtio.RequestException if the disk cannot do this
     */
    public boolean offerRead(
            long sector, DmaRegion data, long offset, int length, long requestToken) {
        rules.requireTransfer("reading", sector, length);
        return offerData(BlockRequest.IN, sector, data, offset, length, requestToken);
    }

    /** Offers to write {@code length} bytes of {@code data} to the disk; otherwise as a read. */
    public boolean offerWrite(
            long sector, DmaRegion data, long offset, int length, long requestToken) {
        rules.requireWritable("writing");
        rules.requireTransfer("writing", sector, length);
        return offerData(BlockRequest.OUT, sector, data, offset, length, requestToken);
    }

    /** Offers to make every write that was completed before durable. */
    public boolean offerFlush(long requestToken) {
        rules.requireFlush();
        int slot = takeSlot(BlockRequest.FLUSH, 0);
        if (slot == NO_SLOT) {
            return false;
        }
        startChain(slot);
        return settle(offerChain(slot), slot, 0, requestToken);
    }

    /** Offers to give sectors back: what they hold afterwards is undefined. */
    public boolean offerDiscard(long sector, long sectors, long requestToken) {
        rules.requireDiscard(sector, sectors);
        return offerRange(BlockRequest.DISCARD, sector, sectors, 0, requestToken);
    }

    /** Offers to zero sectors; with {@code unmap} the device may give them back as well. */
    public boolean offerWriteZeroes(long sector, long sectors, boolean unmap, long requestToken) {
        rules.requireWriteZeroes(sector, sectors);
        int flags = unmap ? BlockField.FLAG_UNMAP : 0;
        return offerRange(BlockRequest.WRITE_ZEROES, sector, sectors, flags, requestToken);
    }

    /** Offers to read the 20 bytes of the disk's name into {@code data}. */
    boolean offerId(DmaRegion data, long offset, int length, long requestToken) {
        return offerData(BlockRequest.GET_ID, 0, data, offset, length, requestToken);
    }

    /** Shows the device what was offered, and rings if it wants to hear of it. */
    public void submit() {
        queue.publish();
        queue.ringIfAsked();
    }

    /**
     * Takes the next completed request; {@link #token} and {@link #status} then tell of it, and its
     * data is the caller's again.
     *
     * @return false if none is complete yet
     * @throws org.jvirtio.DeviceBrokenException if the device broke the protocol
     */
    public boolean poll() {
        if (!queue.poll()) {
            return false;
        }
        complete();
        return true;
    }

    /** Waits for the next completed request, as long as {@link RunningDevice#awaitUsed} does. */
    public void await(String what) {
        device.awaitUsed(index, what);
        complete();
    }

    /**
     * Takes back everything in flight, which the disk may have done or not, without touching other
     * queues. Needs RING_RESET, as {@link RunningDevice#resetQueue}.
     *
     * @return the tokens of the cancelled requests, oldest first; their data is the caller's again
     */
    public long[] cancel() {
        long[] cancelled = device.resetQueue(index);
        for (int i = 0; i < cancelled.length; i++) {
            int slot = (int) cancelled[i];
            cancelled[i] = tokens[slot];
            freeSlots[freeCount++] = slot;
        }
        return cancelled;
    }

    /** What the request polled last was offered with. */
    public long token() {
        return token;
    }

    /** How the request polled last ended. */
    public BlockStatus status() {
        return status == SHORT ? BlockStatus.SHORT : BlockStatus.of(status);
    }

    /** True if the request polled last was done. */
    public boolean isOk() {
        return status == 0;
    }

    /** Requests offered and not completed. */
    public int inFlight() {
        return queue.inFlight();
    }

    /**
     * Throws unless nothing is in flight, on a queue that is still used: then its memory, and that
     * of whoever waits for its requests, is ours alone.
     */
    void requireIdle() {
        queue.requireWorking();
        if (inFlight() != 0) {
            throw new IllegalStateException(
                    String.format(
                            "%d requests in flight on queue %d; a call that waits would take their"
                                    + " completions. Poll them first.",
                            inFlight(), index));
        }
    }

    private boolean offerData(
            BlockRequest request,
            long sector,
            DmaRegion data,
            long offset,
            int length,
            long requestToken) {
        requireInside(data, offset, length);
        int slot = takeSlot(request, sector);
        if (slot == NO_SLOT) {
            return false;
        }
        boolean writable = request != BlockRequest.OUT;
        long address = data.deviceAddress(offset);
        boolean oneSegment = length <= rules.limits().segmentBytes();
        boolean offered =
                (oneSegment && tables != null)
                        ? tables.offer(queue, slot, writable, address, length)
                        : offerChain(slot, writable, address, length);
        boolean checked = request == BlockRequest.IN && reportsLengths;
        return settle(offered, slot, checked ? length + BlockField.STATUS_BYTES : 0, requestToken);
    }

    private boolean offerChain(int slot, boolean writable, long address, int length) {
        startChain(slot);
        addSegments(writable, address, length);
        return offerChain(slot);
    }

    private boolean offerRange(
            BlockRequest request, long sector, long sectors, int flags, long requestToken) {
        int slot = takeSlot(request, 0);
        if (slot == NO_SLOT) {
            return false;
        }
        slots.prepareRange(slot, sector, (int) sectors, flags);
        startChain(slot).readable(slots.rangeAddress(slot), BlockField.RANGE_BYTES);
        return settle(offerChain(slot), slot, 0, requestToken);
    }

    /** Takes a slot and writes the header. */
    private int takeSlot(BlockRequest request, long sector) {
        queue.requireWorking();
        if (freeCount == 0) {
            return NO_SLOT;
        }
        int slot = freeSlots[--freeCount];
        slots.prepare(slot, request, sector);
        return slot;
    }

    private Chain startChain(int slot) {
        return chain.clear().readable(slots.headerAddress(slot), BlockField.HEADER_BYTES);
    }

    private void addSegments(boolean writable, long address, int length) {
        int most = rules.limits().segmentBytes();
        int done = 0;
        while (length - done > most) {
            addSegment(writable, address + done, most);
            done += most;
        }
        addSegment(writable, address + done, length - done);
    }

    private void addSegment(boolean writable, long address, int length) {
        if (writable) {
            chain.writable(address, length);
        } else {
            chain.readable(address, length);
        }
    }

    /** Ends the chain with the status. */
    private boolean offerChain(int slot) {
        return queue.offer(
                chain.writable(slots.statusAddress(slot), BlockField.STATUS_BYTES), slot);
    }

    /** Keeps what belongs to a request that was offered; otherwise gives the slot back. */
    private boolean settle(boolean offered, int slot, long least, long requestToken) {
        if (!offered) {
            freeSlots[freeCount++] = slot;
            return false;
        }
        tokens[slot] = requestToken;
        leastUsed[slot] = least;
        return true;
    }

    private void complete() {
        int slot = (int) queue.token();
        int found = slots.status(slot);
        if (found == BlockSlots.OVERRUN) {
            throw queue.breakWith(
                    "completing a block request: the device wrote beside its status byte, the"
                            + " canary is gone. Reset the device, and report it.");
        }
        status = found == 0 && queue.usedLength() < leastUsed[slot] ? SHORT : found;
        token = tokens[slot];
        freeSlots[freeCount++] = slot;
    }

    private static void requireInside(DmaRegion data, long offset, int length) {
        if (offset < 0 || offset > data.length() - length) {
            throw new IndexOutOfBoundsException(
                    String.format(
                            "%d bytes of data at offset %d of a region of %d",
                            length, offset, data.length()));
        }
    }
}
