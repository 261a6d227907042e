package org.jvirtio.queue;

import static org.jvirtio.queue.PackedQueueMemory.EVENT_AT_DESCRIPTOR;
import static org.jvirtio.queue.PackedQueueMemory.EVENT_DISABLE;
import static org.jvirtio.queue.PackedQueueMemory.EVENT_ENABLE;
import static org.jvirtio.queue.PackedQueueMemory.EVENT_FLAGS_MASK;
import static org.jvirtio.queue.PackedQueueMemory.EVENT_FLAGS_SHIFT;
import static org.jvirtio.queue.PackedQueueMemory.FLAGS_SHIFT;
import static org.jvirtio.queue.PackedQueueMemory.FLAG_AVAIL;
import static org.jvirtio.queue.PackedQueueMemory.FLAG_USED;
import static org.jvirtio.queue.PackedQueueMemory.ID_SHIFT;
import static org.jvirtio.queue.PackedQueueMemory.SLOT_MASK;
import static org.jvirtio.queue.PackedQueueMemory.WRAP_SHIFT;
import static org.jvirtio.queue.QueueMemory.DESCRIPTOR_BYTES;
import static org.jvirtio.queue.QueueMemory.DESCRIPTOR_LENGTH;
import static org.jvirtio.queue.QueueMemory.FLAG_WRITE;

import org.jvirtio.DeviceBrokenException;
import org.jvirtio.memory.NativeMemory;

/**
 * The packed format (virtio 1.4 section 2.8): one ring of descriptors in which the device
 * overwrites what it has used.
 *
 * <pre>
 *   offer    descriptors; flags of the first held back
 *   publish  those flags  ----------------> sees the descriptors, one slot after another
 *   poll     flags        &lt;---------------- one used descriptor: id, bytes written; it skips as many
 *                                           slots as the request had
 * </pre>
 */
public final class PackedQueue extends Virtqueue {

    /** No buffer id. */
    private static final int NONE = -1;

    private final int driverEvent;
    private final int deviceEvent;
    private final PackedRing ring;
    private final FreeList ids;

    /** Where the next entry will be, as the device sees it. */
    private int publishedPosition;

    /** How many slots were shown since the device's wish was read. */
    private int publishedSlots;

    // The slot where the next used descriptor will be, and the flags that it will have.
    private int usedSlot;
    private int used;

    /** Length, id and flags of that slot, as they were read last. */
    private long word;

    // In order only: the id of the oldest request, and of the last that a descriptor stands for.
    private int oldest;
    private int batchLast = NONE;
    private long batchLength;

    PackedQueue(QueueSetup setup, PackedQueueMemory shape) {
        super(setup, shape);
        driverEvent = shape.driverEvent();
        deviceEvent = shape.deviceEvent();
        ring = new PackedRing(shape);
        ids = new FreeList(capacity, inOrder);
        begin();
        disableInterrupts();
    }

    @Override
    public void disableInterrupts() {
        requireWorking();
        memory.write32(driverEvent, EVENT_DISABLE << EVENT_FLAGS_SHIFT);
    }

    /** Offset and flags are one store: the device never sees one without the other. */
    @Override
    public boolean enableInterrupts() {
        requireWorking();
        int flags = eventIndex ? EVENT_AT_DESCRIPTOR : EVENT_ENABLE;
        memory.write32(driverEvent, usedPosition() | flags << EVENT_FLAGS_SHIFT);
        NativeMemory.fullFence();
        return isUsed();
    }

    @Override
    public String describe() {
        String state =
                String.format(
                        "%s: packed, capacity %d, offered %d, published %d, harvested %d, next used"
                                + " slot %d",
                        name, capacity, offered, published, harvested, usedSlot);
        // The memory of a queue that is not used any more may be gone.
        return isBroken()
                ? state
                : String.format("%s; its flags are 0x%04x", state, readWord() >>> FLAGS_SHIFT);
    }

    @Override
    public QueueSnapshot snapshot() {
        requireWorking();
        int busy = ring.busy();
        int position = ring.position();
        boolean allShown = position == publishedPosition;
        int hidden = allShown ? 0 : distance(publishedPosition, position, capacity);
        return new PackedSnapshot(memory, capacity, usedSlot, used, busy, busy - hidden).take(name);
    }

    /**
     * The test of section 2.7.10 on positions of slots: having filled {@code added} slots up to
     * {@code now}, was the one at {@code event} among them?
     */
    static boolean needsEvent(int event, int now, int added, int capacity) {
        int ahead = (now & SLOT_MASK) - (event & SLOT_MASK);
        if ((event ^ now) >>> WRAP_SHIFT != 0) {
            ahead += capacity; // The event is of the lap before.
        }
        return ahead > 0 && ahead <= added;
    }

    /** Slots from one position to a later one, at most a lap further on. */
    private static int distance(int from, int to, int capacity) {
        int way = (to & SLOT_MASK) - (from & SLOT_MASK);
        return way > 0 ? way : way + capacity;
    }

    @Override
    int slots(Chain request) {
        return ring.slots(request);
    }

    @Override
    boolean hasRoom(int slots) {
        return ring.hasRoom(slots);
    }

    @Override
    int place(Chain request, int slots) {
        int id = ids.take();
        ring.write(id, request, slots);
        return id;
    }

    @Override
    int place(long address, long length, int flags) {
        int id = ids.take();
        ring.write(id, address, length, flags);
        return id;
    }

    @Override
    void show() {
        ring.show();
        int position = ring.position();
        publishedSlots += distance(publishedPosition, position, capacity);
        publishedPosition = position;
    }

    @Override
    boolean isAsked(int news) {
        int added = publishedSlots;
        publishedSlots = 0;
        int wish = memory.read32(deviceEvent);
        int flags = wish >>> EVENT_FLAGS_SHIFT & EVENT_FLAGS_MASK;
        if (!eventIndex || flags != EVENT_AT_DESCRIPTOR) {
            return flags != EVENT_DISABLE;
        }
        // After a whole lap every slot was filled.
        return Integer.compareUnsigned(added, capacity) >= 0
                || needsEvent(wish & 0xffff, publishedPosition, added, capacity);
    }

    @Override
    int nextEntry() {
        return publishedPosition;
    }

    /** Looks only if something is in flight: an empty ring holds what was used laps ago. */
    @Override
    boolean isUsed() {
        return harvested != published && (batchLast != NONE || look());
    }

    @Override
    void take() {
        if (inOrder) {
            takeOldest();
            return;
        }
        int id = readId(word, usedSlot);
        int slots = requests.slots(id);
        complete(id, readLength(word, id));
        release(id, slots);
    }

    @Override
    int harvestAll(UsedBatch into) {
        int most = Math.min(published - harvested, into.most());
        int slot = usedSlot;
        int freed = 0;
        int count = 0;
        for (; count < most; count++) {
            long found = memory.read64(at(slot) + DESCRIPTOR_LENGTH);
            if (!isUsed(found, slot)) {
                break;
            }
            int id = readId(found, slot);
            into.set(count, requests.token(id), possibleLength(id, readLength(found, id)));
            int slots = requests.slots(id);
            requests.remove(id);
            ids.giveBack(id);
            freed += slots;
            if (slots != 1) {
                slot += slots - 1; // Rare with indirect tables: then the next slot needs no lookup.
            }
            if (++slot >= capacity) {
                slot -= capacity;
                used ^= FLAG_AVAIL | FLAG_USED;
            }
        }
        // Each word was of one moment; what the caller reads in the buffers comes after all of
        // them.
        NativeMemory.loadFence();
        usedSlot = slot;
        ring.giveBack(freed);
        harvested += count;
        return into.end(count);
    }

    @Override
    void clear() {
        memory.fill(0, PackedQueueMemory.length(capacity), 0);
        ring.clear();
        ids.clear();
        begin();
    }

    private void begin() {
        publishedPosition = ring.position();
        publishedSlots = 0;
        usedSlot = 0;
        used = FLAG_AVAIL | FLAG_USED;
        oldest = 0;
        batchLast = NONE;
    }

    /**
     * In order, one used descriptor may stand for many requests: it names the last of them, and
     * those before it have been used completely (section 2.8.9).
     */
    private void takeOldest() {
        if (batchLast == NONE) {
            batchLast = readId(word, usedSlot);
            batchLength = readLength(word, batchLast);
        }
        int id = oldest;
        int slots = requests.slots(id);
        oldest = ids.after(id);
        if (id == batchLast) {
            batchLast = NONE;
            complete(id, batchLength);
        } else {
            completeFully(id);
        }
        release(id, slots);
    }

    /** Gives the slots of a request back and skips them. */
    private void release(int id, int slots) {
        ids.giveBack(id);
        ring.giveBack(slots);
        usedSlot += slots;
        if (usedSlot >= capacity) {
            usedSlot -= capacity;
            used ^= FLAG_AVAIL | FLAG_USED;
        }
    }

    private boolean look() {
        word = readWord();
        return isUsed(word, usedSlot);
    }

    /** Length, id and flags: one access, so that all three are of one moment. */
    private long readWord() {
        return memory.readAcquire64(at(usedSlot) + DESCRIPTOR_LENGTH);
    }

    /**
     * We wrote AVAIL in this lap and the device never changes it, so a descriptor of a request in
     * flight says "available" or "used" and nothing else.
     */
    private boolean isUsed(long found, int slot) {
        long differing = (found >>> FLAGS_SHIFT ^ used) & (FLAG_AVAIL | FLAG_USED);
        if ((differing & FLAG_AVAIL) != 0) {
            throw wrongLap(found, slot);
        }
        return differing == 0;
    }

    private DeviceBrokenException wrongLap(long found, int slot) {
        return breakWith(
                String.format(
                        "%s: the flags of slot %d are 0x%04x; in this lap AVAIL is %d, whether used"
                                + " or not. The device's wrap counter is wrong: reset it, and"
                                + " report it.",
                        name, slot, found >>> FLAGS_SHIFT, (used & FLAG_AVAIL) == 0 ? 0 : 1));
    }

    private int readId(long found, int slot) {
        int id = (int) (found >>> ID_SHIFT) & 0xffff;
        if (!isInFlight(id)) {
            throw breakWith(
                    String.format(
                            "%s: used slot %d names buffer %d, which is not that of a request in"
                                    + " flight (capacity %d). Reset the device, and report it.",
                            name, slot, id, capacity));
        }
        return id;
    }

    /**
     * Without WRITE the length is reserved (section 2.8.6). QEMU (7.2) reports what it wrote and
     * leaves WRITE out, so a length that can be true is believed; one that cannot is nothing.
     */
    private long readLength(long found, int id) {
        long claimed = found & 0xffffffffL;
        boolean counts = (found >>> FLAGS_SHIFT & FLAG_WRITE) != 0;
        return claimed <= requests.room(id) || counts ? claimed : 0;
    }

    private int usedPosition() {
        return usedSlot | ((used & FLAG_AVAIL) != 0 ? 1 << WRAP_SHIFT : 0);
    }

    private static long at(int slot) {
        return (long) DESCRIPTOR_BYTES * slot;
    }
}
