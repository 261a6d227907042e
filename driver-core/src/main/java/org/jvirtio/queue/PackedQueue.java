package org.jvirtio.queue;

import static org.jvirtio.queue.PackedQueueMemory.DESCRIPTOR_BYTES;
import static org.jvirtio.queue.PackedQueueMemory.DESCRIPTOR_FLAGS;
import static org.jvirtio.queue.PackedQueueMemory.DESCRIPTOR_ID;
import static org.jvirtio.queue.PackedQueueMemory.DESCRIPTOR_LENGTH;
import static org.jvirtio.queue.PackedQueueMemory.EVENT_AT_DESCRIPTOR;
import static org.jvirtio.queue.PackedQueueMemory.EVENT_DISABLE;
import static org.jvirtio.queue.PackedQueueMemory.EVENT_ENABLE;
import static org.jvirtio.queue.PackedQueueMemory.EVENT_FLAGS_MASK;
import static org.jvirtio.queue.PackedQueueMemory.EVENT_FLAGS_SHIFT;
import static org.jvirtio.queue.PackedQueueMemory.FLAG_AVAIL;
import static org.jvirtio.queue.PackedQueueMemory.FLAG_USED;
import static org.jvirtio.queue.PackedQueueMemory.FLAG_WRITE;
import static org.jvirtio.queue.PackedQueueMemory.SLOT_MASK;
import static org.jvirtio.queue.PackedQueueMemory.WRAP_SHIFT;

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

    private final int driverEvent;
    private final int deviceEvent;
    private final PackedRing ring;
    private final BufferIds ids;

    /** How many slots the request of an id takes. */
    private final int[] slots;

    // Free-running counts of slots, and the position of the last show, for the device's event.
    private int offeredSlots;
    private int publishedSlots;
    private int publishedSlotsWhenAsked;
    private int publishedPosition;

    // The slot where the next used descriptor will be, and the flags that it will have.
    private int usedSlot;
    private int used;

    /** The flags of that slot, as they were read last. */
    private int flags;

    // In order only: the id of the oldest request, and the end of a batch that is one descriptor.
    private int oldest;
    private int batchEnd;
    private long batchLength;

    PackedQueue(QueueSetup setup, PackedQueueMemory shape) {
        super(setup, shape);
        driverEvent = shape.driverEvent();
        deviceEvent = shape.deviceEvent();
        ring = new PackedRing(shape);
        ids = new BufferIds(capacity, inOrder);
        slots = new int[capacity + PADDING_BYTES / Integer.BYTES];
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
        return isBroken() ? state : String.format("%s; its flags are 0x%04x", state, readFlags());
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

    @Override
    int place(Chain request) {
        int wanted = ring.slots(request);
        if (!ring.hasRoom(wanted)) {
            return FULL;
        }
        int id = take(wanted);
        ring.write(id, request);
        return id;
    }

    @Override
    int place(long address, long length, boolean writable) {
        if (!ring.hasRoom(1)) {
            return FULL;
        }
        int id = take(1);
        ring.write(id, address, length, writable);
        return id;
    }

    @Override
    void show() {
        ring.show();
        publishedSlots = offeredSlots;
        publishedPosition = ring.position();
    }

    @Override
    boolean isNewsForDevice() {
        return publishedSlots != publishedSlotsWhenAsked;
    }

    @Override
    boolean isAsked() {
        int added = publishedSlots - publishedSlotsWhenAsked;
        publishedSlotsWhenAsked = publishedSlots;
        int wish = memory.read32(deviceEvent);
        int flags = wish >>> EVENT_FLAGS_SHIFT & EVENT_FLAGS_MASK;
        if (!eventIndex || flags != EVENT_AT_DESCRIPTOR) {
            return flags != EVENT_DISABLE;
        }
        // After a whole lap every slot was filled.
        return added >= capacity || needsEvent(wish & 0xffff, publishedPosition, added, capacity);
    }

    @Override
    int nextEntry() {
        return publishedPosition;
    }

    /** Looks only if something is in flight: an empty ring holds what was used laps ago. */
    @Override
    boolean isUsed() {
        if (inOrder && harvested != batchEnd) {
            return true;
        }
        return harvested != published && look();
    }

    @Override
    void take() {
        if (inOrder) {
            takeOldest();
            return;
        }
        int id = readId();
        complete(id, readLength(id));
        release(id);
    }

    @Override
    void clear() {
        memory.fill(0, PackedQueueMemory.length(capacity), 0);
        ring.clear();
        ids.clear();
        begin();
    }

    private void begin() {
        offeredSlots = 0;
        publishedSlots = 0;
        publishedSlotsWhenAsked = 0;
        publishedPosition = ring.position();
        usedSlot = 0;
        used = FLAG_AVAIL | FLAG_USED;
        oldest = 0;
        batchEnd = 0;
    }

    private int take(int wanted) {
        int id = ids.take();
        slots[id] = wanted;
        offeredSlots += wanted;
        return id;
    }

    /**
     * In order, one used descriptor may stand for many requests: it names the last of them, and
     * those before it have been used completely (section 2.8.9).
     */
    private void takeOldest() {
        if (harvested == batchEnd) {
            int last = readId();
            batchEnd = number(last) + 1;
            batchLength = readLength(last);
        }
        int id = oldest;
        oldest = ids.after(id);
        if (harvested + 1 == batchEnd) {
            complete(id, batchLength);
        } else {
            completeFully(id);
        }
        release(id);
    }

    /** Gives the slots of a request back and skips them. */
    private void release(int id) {
        int count = slots[id];
        ids.giveBack(id);
        ring.giveBack(count);
        usedSlot += count;
        if (usedSlot >= capacity) {
            usedSlot -= capacity;
            used ^= FLAG_AVAIL | FLAG_USED;
        }
    }

    private int readFlags() {
        return memory.readAcquire16(at(usedSlot) + DESCRIPTOR_FLAGS);
    }

    /**
     * We wrote AVAIL in this lap and the device never changes it, so a descriptor of a request in
     * flight says "available" or "used" and nothing else.
     */
    private boolean look() {
        flags = readFlags();
        if ((flags & FLAG_AVAIL) != (used & FLAG_AVAIL)) {
            throw breakWith(
                    String.format(
                            "%s: the flags of slot %d are 0x%04x; in this lap AVAIL is %d, whether"
                                    + " used or not. The device's wrap counter is wrong: reset it,"
                                    + " and report it.",
                            name, usedSlot, flags, (used & FLAG_AVAIL) == 0 ? 0 : 1));
        }
        return (flags & FLAG_USED) == (used & FLAG_USED);
    }

    private int readId() {
        int id = memory.read16(at(usedSlot) + DESCRIPTOR_ID);
        if (!isInFlight(id)) {
            throw breakWith(
                    String.format(
                            "%s: used slot %d names buffer %d, which is not that of a request in"
                                    + " flight (capacity %d). Reset the device, and report it.",
                            name, usedSlot, id, capacity));
        }
        return id;
    }

    /**
     * Without WRITE the length is reserved (section 2.8.6). QEMU (7.2) reports what it wrote and
     * leaves WRITE out, so a length that can be true is believed; one that cannot is nothing.
     */
    private long readLength(int id) {
        long claimed = memory.read32(at(usedSlot) + DESCRIPTOR_LENGTH) & 0xffffffffL;
        return (flags & FLAG_WRITE) != 0 || claimed <= room(id) ? claimed : 0;
    }

    private int usedPosition() {
        return usedSlot | ((used & FLAG_AVAIL) != 0 ? 1 << WRAP_SHIFT : 0);
    }

    private static long at(int slot) {
        return (long) DESCRIPTOR_BYTES * slot;
    }
}
