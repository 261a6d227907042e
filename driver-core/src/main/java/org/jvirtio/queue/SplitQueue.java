package org.jvirtio.queue;

import static org.jvirtio.queue.SplitQueueMemory.ELEMENT_BYTES;
import static org.jvirtio.queue.SplitQueueMemory.ELEMENT_ID;
import static org.jvirtio.queue.SplitQueueMemory.ELEMENT_LENGTH;
import static org.jvirtio.queue.SplitQueueMemory.HEAD_BYTES;
import static org.jvirtio.queue.SplitQueueMemory.RING_ENTRIES;
import static org.jvirtio.queue.SplitQueueMemory.RING_FLAGS;
import static org.jvirtio.queue.SplitQueueMemory.RING_INDEX;

import org.jvirtio.memory.NativeMemory;

/**
 * The split format (virtio 1.4 section 2.7): a table of descriptors, a ring of heads that the
 * driver writes, and a ring of used elements that the device writes.
 *
 * <pre>
 *   offer    descriptors, available head
 *   publish  available index  ------------> sees the heads
 *   poll     used index       &lt;------------ used elements: head, bytes written
 * </pre>
 */
public final class SplitQueue extends Virtqueue {

    private static final int INDEX_MASK = 0xffff;

    /** Of the available ring: no interrupts, please. Without EVENT_IDX only. */
    private static final int NO_INTERRUPT = 1;

    /** Of the used ring: no notifications, please. Without EVENT_IDX only. */
    private static final int NO_NOTIFY = 1;

    /** No descriptor. */
    private static final int NONE = -1;

    private final SplitQueueMemory shape;
    private final int mask;

    // Offsets as long as addresses are: each that is shorter is widened for each buffer.
    private final long availableRing;
    private final long usedRing;
    private final long usedEvent;
    private final long availableEvent;
    private final DescriptorTable table;

    /** How many the device had used when its index was read last. */
    private int usedByDevice;

    // In order only: the head of the oldest request, and of the last that an element stands for.
    private int oldest;
    private int batchLast = NONE;
    private long batchLength;

    SplitQueue(QueueSetup setup, SplitQueueMemory shape) {
        super(setup, shape);
        this.shape = shape;
        this.mask = shape.capacity() - 1;
        this.availableRing = shape.availableRing();
        this.usedRing = shape.usedRing();
        this.usedEvent = shape.usedEvent();
        this.availableEvent = shape.availableEvent();
        this.table = new DescriptorTable(shape, inOrder);
        disableInterrupts();
    }

    @Override
    public void disableInterrupts() {
        requireWorking();
        if (eventIndex) {
            // The index just passed: the device gets there again 65535 requests later.
            memory.write16(usedEvent, (harvested - 1) & INDEX_MASK);
        } else {
            memory.write16(availableRing + RING_FLAGS, NO_INTERRUPT);
        }
    }

    @Override
    public boolean enableInterrupts() {
        requireWorking();
        if (eventIndex) {
            memory.write16(usedEvent, harvested & INDEX_MASK);
        } else {
            memory.write16(availableRing + RING_FLAGS, 0);
        }
        NativeMemory.fullFence();
        return isUsed();
    }

    @Override
    public String describe() {
        String state =
                String.format(
                        "%s: split, capacity %d, offered %d, published %d, used by the device %d,"
                                + " harvested %d",
                        name, capacity, offered, published, usedByDevice, harvested);
        // The memory of a queue that is not used any more may be gone.
        return isBroken()
                ? state
                : state + "; its used index is " + memory.readAcquire16(usedRing + RING_INDEX);
    }

    @Override
    public QueueSnapshot snapshot() {
        requireWorking();
        return new SplitSnapshot(shape, requests, published, harvested, inOrder).take(name);
    }

    /**
     * The test of section 2.7.10, on 16-bit indices: going from {@code before} to {@code now}, was
     * the entry at {@code event} filled?
     */
    static boolean needsEvent(int event, int now, int before) {
        return (now - event - 1 & INDEX_MASK) < (now - before & INDEX_MASK);
    }

    @Override
    int slots(Chain request) {
        return table.slots(request);
    }

    @Override
    boolean hasRoom(int slots) {
        return table.hasRoom(slots);
    }

    @Override
    int place(Chain request, int slots) {
        return makeAvailable(table.place(memory, request, slots));
    }

    @Override
    int place(long address, long length, int flags) {
        return makeAvailable(table.place(memory, address, length, flags));
    }

    @Override
    void show() {
        memory.writeRelease16(availableRing + RING_INDEX, offered & INDEX_MASK);
    }

    @Override
    boolean isAsked(int news) {
        if (!eventIndex) {
            return (memory.read16(usedRing + RING_FLAGS) & NO_NOTIFY) == 0;
        }
        // After 65536 requests the 16-bit test no longer knows how far we went.
        return Integer.compareUnsigned(news, INDEX_MASK) > 0
                || needsEvent(memory.read16(availableEvent), published, published - news);
    }

    @Override
    int nextEntry() {
        return published & INDEX_MASK;
    }

    @Override
    boolean isUsed() {
        return harvested != usedByDevice || look();
    }

    @Override
    void take() {
        if (inOrder) {
            takeOldest();
            return;
        }
        int head = readHead(harvested);
        int slots = requests.slots(head);
        complete(head, readLength(harvested));
        table.free(head, slots);
    }

    @Override
    int harvestAll(UsedBatch into) {
        if (!isUsed()) {
            return 0;
        }
        int first = harvested;
        int count = Math.min(usedByDevice - first, into.most());
        for (int i = 0; i < count; i++) {
            int head = readHead(first + i);
            into.set(i, requests.token(head), possibleLength(head, readLength(first + i)));
            table.free(head, requests.slots(head));
            requests.remove(head);
        }
        harvested = first + count;
        return into.end(count);
    }

    @Override
    void clear() {
        memory.fill(0, usedEnd(), 0);
        table.clear();
        usedByDevice = 0;
        oldest = 0;
        batchLast = NONE;
    }

    private int makeAvailable(int head) {
        memory.write16(availableRing + RING_ENTRIES + (long) HEAD_BYTES * (offered & mask), head);
        return head;
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

    /**
     * In order, one element may stand for many requests: it names the last of them, and those
     * before it have been used completely (section 2.7.9).
     */
    private void takeOldest() {
        if (batchLast == NONE) {
            batchLast = readHead(harvested);
            batchLength = readLength(harvested);
            requireCovered(requests.number(batchLast) + 1);
        }
        int head = oldest;
        int slots = requests.slots(head);
        if (head == batchLast) {
            batchLast = NONE;
            complete(head, batchLength);
        } else {
            completeFully(head);
        }
        oldest = head + slots & mask;
        table.free(head, slots);
    }

    private void requireCovered(int batchEnd) {
        if (batchEnd - usedByDevice > 0) {
            throw breakWith(
                    String.format(
                            "%s: IN_ORDER was accepted, but used element %d names a request that is"
                                    + " %d further on, and the used index only went %d on. Reset"
                                    + " the device, and report it.",
                            name,
                            harvested & mask,
                            batchEnd - harvested,
                            usedByDevice - harvested));
        }
    }

    private int readHead(int place) {
        int id = memory.read32(element(place) + ELEMENT_ID);
        if (!isInFlight(id)) {
            throw breakWith(
                    String.format(
                            "%s: used element %d names descriptor %d, which starts no request in"
                                    + " flight (capacity %d). Reset the device, and report it.",
                            name, place & mask, id & 0xffffffffL, capacity));
        }
        return id;
    }

    private long readLength(int place) {
        return memory.read32(element(place) + ELEMENT_LENGTH) & 0xffffffffL;
    }

    private long element(int place) {
        return usedRing + RING_ENTRIES + (long) ELEMENT_BYTES * (place & mask);
    }

    private long usedEnd() {
        return SplitQueueMemory.length(capacity);
    }
}
