package org.jvirtio.queue;

import static org.jvirtio.queue.SplitQueueMemory.ELEMENT_BYTES;
import static org.jvirtio.queue.SplitQueueMemory.ELEMENT_ID;
import static org.jvirtio.queue.SplitQueueMemory.ELEMENT_LENGTH;
import static org.jvirtio.queue.SplitQueueMemory.HEAD_BYTES;
import static org.jvirtio.queue.SplitQueueMemory.RING_ENTRIES;
import static org.jvirtio.queue.SplitQueueMemory.RING_FLAGS;
import static org.jvirtio.queue.SplitQueueMemory.RING_INDEX;

import org.jvirtio.DeviceBrokenException;
import org.jvirtio.Doorbell;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.memory.NativeMemory;

/**
 * A split virtqueue, driver side (virtio 1.4 section 2.7): offer many, publish once, ring once and
 * only if asked, harvest many.
 *
 * <pre>
 *   driver                                  device
 *   offer    descriptors, available head
 *   publish  available index  ------------> sees the heads
 *   ring     doorbell, if asked ----------> wakes up
 *                                           reads and writes buffers
 *   poll     used index       &lt;------------ used elements: head, bytes written
 * </pre>
 *
 * <p>The device is not trusted: free list, chain lengths, tokens and the room given are private,
 * the shared descriptor table is only written, and every number from the device is read once and
 * checked. A lie breaks the queue: that call and every later one throws {@link
 * DeviceBrokenException} with the first reason.
 *
 * <p>Nothing is allocated after the constructor. Not thread-safe: one queue, one thread.
 */
public final class SplitQueue {

    private static final int INDEX_MASK = 0xffff;

    /** Of the available ring: no interrupts, please. Without EVENT_IDX only. */
    private static final int NO_INTERRUPT = 1;

    /** Of the used ring: no notifications, please. Without EVENT_IDX only. */
    private static final int NO_NOTIFY = 1;

    private final String name;
    private final NativeMemory memory;
    private final Doorbell doorbell;
    private final UsedLengths usedLengths;
    private final boolean eventIndex;
    private final int mask;
    private final int availableRing;
    private final int usedRing;
    private final int usedEvent;
    private final int availableEvent;

    private final DescriptorTable table;
    private final long[] tokens;
    private final long[] room;

    /** What {@link #offered} was when the chain of a head was offered. */
    private final int[] places;

    // Free-running counts of chains; the rings show their low 16 bits.
    private int offered;
    private int published;
    private int publishedWhenAsked;
    private int usedByDevice;
    private int harvested;

    private long token;
    private long usedLength;
    private long clamped;
    private String broken;

    /**
     * Takes over a queue that the device was told of and has not used yet. Interrupts are off.
     *
     * @param name for messages: {@code queue 0 of block}
     * @param accepted the features, of which EVENT_IDX matters here
     */
    public SplitQueue(
            String name,
            SplitQueueMemory shape,
            FeatureSet accepted,
            UsedLengths usedLengths,
            Doorbell doorbell) {
        this.name = name;
        this.memory = shape.bytes();
        this.doorbell = doorbell;
        this.usedLengths = usedLengths;
        this.eventIndex = accepted.has(RingFeature.EVENT_IDX);
        this.mask = shape.capacity() - 1;
        this.availableRing = shape.availableRing();
        this.usedRing = shape.usedRing();
        this.usedEvent = shape.usedEvent();
        this.availableEvent = shape.availableEvent();
        this.table = new DescriptorTable(shape);
        this.tokens = new long[shape.capacity()];
        this.room = new long[shape.capacity()];
        this.places = new int[shape.capacity()];
        disableInterrupts();
    }

    /** Descriptors. */
    public int capacity() {
        return mask + 1;
    }

    /** Chains offered and not yet harvested. */
    public int inFlight() {
        return offered - harvested;
    }

    /**
     * Lays one request out; the device sees it after {@link #publish}.
     *
     * @param request may be cleared and used again at once
     * @param requestToken comes back from {@link #token} when the device has used the request
     * @return false if the queue is full: harvest, then offer again
     */
    public boolean offer(Chain request, long requestToken) {
        requireWorking();
        requireFitting(request.count());
        int head = table.place(request);
        if (head == DescriptorTable.FULL) {
            return false;
        }
        tokens[head] = requestToken;
        room[head] = request.writableBytes();
        places[head] = offered;
        memory.write16(availableRing + RING_ENTRIES + HEAD_BYTES * (offered & mask), head);
        offered++;
        return true;
    }

    /** Shows the device everything offered so far: descriptors and heads first, then the index. */
    public void publish() {
        requireWorking();
        memory.writeRelease16(availableRing + RING_INDEX, offered & INDEX_MASK);
        published = offered;
    }

    /**
     * Rings the doorbell if anything was published since the last call and the device wants to hear
     * of it (sections 2.7.10 and 2.7.13.4).
     *
     * @return true if it rang
     */
    public boolean ringIfAsked() {
        requireWorking();
        if (published == publishedWhenAsked) {
            return false;
        }
        // 2.7.13.4.1: "a suitable memory barrier before reading flags or avail_event", so that
        // either we see the device's wish or the device sees our index.
        NativeMemory.fullFence();
        boolean asked = isAsked();
        publishedWhenAsked = published;
        if (asked) {
            doorbell.ring();
        }
        return asked;
    }

    /** Rings whether asked or not, which is harmless: for devices that seem to have slept. */
    public void ring() {
        requireWorking();
        doorbell.ring();
    }

    /**
     * Takes the next used request off the ring; {@link #token} and {@link #usedLength} then tell of
     * it, and its buffers are the caller's again.
     *
     * @return false if the device has used nothing more yet
     * @throws DeviceBrokenException if what the device wrote cannot be true
     */
    public boolean poll() {
        requireWorking();
        if (harvested == usedByDevice && !look()) {
            return false;
        }
        int element = usedRing + RING_ENTRIES + ELEMENT_BYTES * (harvested & mask);
        int head = requireInFlight(memory.read32(element + ELEMENT_ID));
        long claimed = memory.read32(element + ELEMENT_LENGTH) & 0xffffffffL;
        usedLength = claimed <= room[head] ? claimed : tooLong(head, claimed);
        token = tokens[head];
        table.free(head);
        harvested++;
        return true;
    }

    /** What the request polled last was offered with. */
    public long token() {
        return token;
    }

    /** Bytes the device says it wrote for the request polled last, never more than it could. */
    public long usedLength() {
        return usedLength;
    }

    /** How often {@link UsedLengths#CLAMPED} had something to cut. */
    public long clampedLengths() {
        return clamped;
    }

    /** Asks the device for no interrupts. Advice only: some may still come. */
    public void disableInterrupts() {
        requireWorking();
        if (eventIndex) {
            // The index just passed: the device gets there again 65535 requests later.
            memory.write16(usedEvent, (harvested - 1) & INDEX_MASK);
        } else {
            memory.write16(availableRing + RING_FLAGS, NO_INTERRUPT);
        }
    }

    /**
     * Asks the device for an interrupt at the next used request, then looks again, because one may
     * have been used just before (section 2.7.14).
     *
     * @return true if there is something to {@link #poll}; waiting would be a mistake then
     */
    public boolean enableInterrupts() {
        requireWorking();
        if (eventIndex) {
            memory.write16(usedEvent, harvested & INDEX_MASK);
        } else {
            memory.write16(availableRing + RING_FLAGS, 0);
        }
        NativeMemory.fullFence();
        return harvested != usedByDevice || look();
    }

    /**
     * Ends the use of this queue: every later call throws with the first reason given.
     *
     * @return the exception to throw
     */
    public DeviceBrokenException breakWith(String reason) {
        if (broken == null) {
            broken = reason;
        }
        return new DeviceBrokenException(broken);
    }

    /**
     * Throws if this queue is not used any more. Callers that write into the memory of a request
     * ask before they do: it may be gone, or still be the device's.
     */
    public void requireWorking() {
        if (broken != null) {
            throw new DeviceBrokenException(broken);
        }
    }

    /** The state in one line, for messages. */
    public String describe() {
        String state =
                String.format(
                        "%s: capacity %d, offered %d, published %d, used by the device %d,"
                                + " harvested %d",
                        name, capacity(), offered, published, usedByDevice, harvested);
        // The memory of a queue that is not used any more may be gone.
        return broken != null
                ? state
                : state + "; its used index is " + memory.readAcquire16(usedRing + RING_INDEX);
    }

    /**
     * The test of section 2.7.10, on 16-bit indices: going from {@code before} to {@code now}, was
     * the entry at {@code event} filled?
     */
    static boolean needsEvent(int event, int now, int before) {
        return (now - event - 1 & INDEX_MASK) < (now - before & INDEX_MASK);
    }

    private boolean isAsked() {
        if (!eventIndex) {
            return (memory.read16(usedRing + RING_FLAGS) & NO_NOTIFY) == 0;
        }
        // After 65536 requests the 16-bit test no longer knows how far we went.
        return published - publishedWhenAsked > INDEX_MASK
                || needsEvent(memory.read16(availableEvent), published, publishedWhenAsked);
    }

    /** Reads the device's index, once per batch, and believes it only if it can be true. */
    private boolean look() {
        int index = memory.readAcquire16(usedRing + RING_INDEX);
        int more = index - harvested & INDEX_MASK;
        if (more > published - harvested) {
            throw breakWith(
                    String.format(
                            "%s: the used index went from %d to %d, but only %d requests are in"
                                    + " flight. Reset the device, and report it.",
                            name, harvested & INDEX_MASK, index, published - harvested));
        }
        usedByDevice = harvested + more;
        return more != 0;
    }

    private void requireFitting(int count) {
        // 2.7.5.3.1: not "longer than the Queue Size of the device", indirect or not.
        if (count == 0 || count > capacity()) {
            throw new IllegalArgumentException(
                    String.format(
                            "%s: a request of %d buffers; it can have 1 to %d",
                            name, count, capacity()));
        }
    }

    private int requireInFlight(int id) {
        if (Integer.compareUnsigned(id, mask) > 0 || !isInFlight(id)) {
            throw breakWith(
                    String.format(
                            "%s: used element %d names descriptor %d, which starts no request in"
                                    + " flight (capacity %d). Reset the device, and report it.",
                            name, harvested & mask, id & 0xffffffffL, capacity()));
        }
        return id;
    }

    /** Taken is not enough: a chain that is not published yet cannot have been used. */
    private boolean isInFlight(int head) {
        return table.isTaken(head) && published - places[head] > 0;
    }

    private long tooLong(int head, long claimed) {
        if (usedLengths == UsedLengths.STRICT) {
            throw breakWith(
                    String.format(
                            "%s: the device claims %d bytes written for descriptor %d, which has"
                                    + " room for %d. Reset the device, and report it.",
                            name, claimed, head, room[head]));
        }
        clamped++;
        return room[head];
    }
}
