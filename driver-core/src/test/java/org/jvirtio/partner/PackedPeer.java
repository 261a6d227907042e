package org.jvirtio.partner;

import java.util.Arrays;
import java.util.List;
import org.jvirtio.FeatureSet;
import org.jvirtio.QueueAddresses;
import org.jvirtio.RingFeature;
import org.jvirtio.memory.NativeMemory;

/**
 * The device side of a packed virtqueue (virtio 1.4 section 2.8).
 *
 * <p>Positions count slots from the first on and never wrap; slot and wrap counter follow from them
 * by division, where the driver turns a counter.
 */
public final class PackedPeer extends RingPeer {

    private static final int AVAIL = 1 << 7;
    private static final int USED = 1 << 15;
    private static final int DISABLE = 1;
    private static final int AT_DESCRIPTOR = 2;

    private final NativeMemory driverEvent;
    private final NativeMemory deviceEvent;

    /** By id: slots of a request that was taken and not used; 0 if there is none. */
    private final int[] slots;

    /** Used and not shown: where, and with which flags. */
    private final long[] unshown;

    private final int[] unshownFlags;
    private int unshownCount;
    private long taken;
    private long used;
    private long usedWhenInterrupted;

    PackedPeer(PartnerMemory memory, QueueAddresses addresses, int capacity, FeatureSet features) {
        super(memory, addresses, capacity, features);
        driverEvent = memory.at(addresses.driver(), 4);
        deviceEvent = memory.at(addresses.device(), 4);
        slots = new int[capacity];
        unshown = new long[capacity];
        unshownFlags = new int[capacity];
    }

    /** AVAIL and USED of the descriptor at {@code slot}, and the other flags. */
    public int flags(int slot) {
        return descriptors.readAcquire16(at(slot) + 14);
    }

    public int id(int slot) {
        return descriptors.read16(at(slot) + 12);
    }

    public int driverEventFlags() {
        return driverEvent.read16(2);
    }

    /** The slot in bits 0 to 14, the wrap counter in bit 15. */
    public int driverEventPosition() {
        return driverEvent.read16(0);
    }

    /** Section 2.8.1: AVAIL as the wrap counter, USED its opposite. */
    private boolean isAvailable(long position) {
        int both = flags(slot(position)) & (AVAIL | USED);
        return both == (wrap(position) ? AVAIL : USED);
    }

    @Override
    public boolean hasRequest() {
        return isAvailable(taken);
    }

    @Override
    public Request take() {
        long first = taken;
        List<Buffer> buffers = none();
        boolean indirect = (flags(slot(first)) & INDIRECT) != 0;
        boolean more;
        do {
            if (!isAvailable(taken)) {
                throw new AssertionError("not available, at " + taken);
            }
            int slot = slot(taken++);
            more = (flags(slot) & NEXT) != 0;
            if (indirect) {
                readTable(buffers, slot);
            } else {
                requireFlags(flags(slot), AVAIL | USED | NEXT | WRITE);
                add(buffers, descriptors, slot, flags(slot));
            }
        } while (more);
        int id = id(slot(taken - 1)); // 2.8.6: of "the last descriptor in the list"
        if (id >= capacity || slots[id] != 0) {
            throw new AssertionError("id " + id + " is outside the queue, or in flight already");
        }
        slots[id] = (int) (taken - first);
        return new Request(id, buffers, indirect);
    }

    private void readTable(List<Buffer> buffers, int slot) {
        requireFlags(flags(slot), AVAIL | USED | INDIRECT);
        NativeMemory table = table(descriptors, slot);
        for (int i = 0; i < table.length() / DESCRIPTOR_BYTES; i++) {
            int flags = table.read16(at(i) + 14);
            requireFlags(flags, WRITE); // 2.8.7: all others are reserved in a table
            add(buffers, table, i, flags);
        }
    }

    private static void requireFlags(int flags, int known) {
        if ((flags & ~known) != 0) {
            throw new AssertionError(String.format("flags 0x%04x", flags));
        }
    }

    @Override
    public void write(int id, long length) {
        writeAt(used, id, length);
        used += release(id);
    }

    /** As split: the used descriptor is at the place of the first, and skips all. */
    @Override
    public void writeBatch(List<Request> batch, long length) {
        writeAt(used, batch.get(batch.size() - 1).id(), length);
        for (Request request : batch) {
            used += release(request.id());
        }
    }

    private void writeAt(long position, int id, long length) {
        int slot = slot(position);
        descriptors.write32(at(slot) + 8, (int) length);
        descriptors.write16(at(slot) + 12, id & 0xffff);
        unshown[unshownCount] = position;
        unshownFlags[unshownCount] = (length != 0 ? WRITE : 0) | usedFlags(position);
        unshownCount++;
    }

    /** Skips as many slots as the request has; one, if there is no such request. */
    private int release(int id) {
        boolean known = id >= 0 && id < capacity && slots[id] != 0;
        int count = known ? slots[id] : 1;
        if (known) {
            slots[id] = 0;
        }
        return count;
    }

    @Override
    public void show() {
        for (int i = unshownCount - 1; i >= 0; i--) {
            showFlags(slot(unshown[i]), unshownFlags[i]);
        }
        Arrays.fill(unshown, 0);
        Arrays.fill(unshownFlags, 0);
        unshownCount = 0;
    }

    /** Writes any flags to any slot. */
    public void showFlags(int slot, int flags) {
        descriptors.writeRelease16(at(slot) + 14, flags);
    }

    /** The flags that say "used" at the slot where the next used descriptor goes. */
    public int usedFlags() {
        return usedFlags(used);
    }

    private int usedFlags(long position) {
        return wrap(position) ? AVAIL | USED : 0;
    }

    @Override
    public void silence() {
        deviceEvent.write32(0, DISABLE << 16);
    }

    @Override
    public void ask(int ahead) {
        boolean event = features.has(RingFeature.EVENT_IDX);
        deviceEvent.write32(0, event ? word(taken + ahead) | AT_DESCRIPTOR << 16 : 0);
    }

    @Override
    public void askNonsense(int bits) {
        deviceEvent.write32(0, bits);
    }

    @Override
    public boolean interruptsOff() {
        return driverEventFlags() == DISABLE;
    }

    /** All but the flags: a descriptor whose flags are wrong is not one that was rewritten. */
    @Override
    public void scribble() {
        for (int slot = 0; slot < capacity; slot++) {
            descriptors.fill(at(slot), 14, 0xa5);
        }
        driverEvent.fill(0, 4, 0xa5);
    }

    @Override
    public boolean wantsInterrupt() {
        NativeMemory.fullFence();
        boolean passed = false;
        for (long position = usedWhenInterrupted; position < used; position++) {
            passed |= word(position) == driverEventPosition();
        }
        boolean any = used != usedWhenInterrupted;
        usedWhenInterrupted = used;
        return switch (driverEventFlags()) {
            case 0 -> any;
            case DISABLE -> false;
            case AT_DESCRIPTOR -> passed && features.has(RingFeature.EVENT_IDX);
            default -> throw new AssertionError("event flags " + driverEventFlags());
        };
    }

    private int slot(long position) {
        return (int) (position % capacity);
    }

    /** Section 2.8.1: counters start with 1 and turn with each lap. */
    private boolean wrap(long position) {
        return position / capacity % 2 == 0;
    }

    private int word(long position) {
        return slot(position) | (wrap(position) ? 1 << 15 : 0);
    }
}
