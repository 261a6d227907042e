package org.jvirtio.model;

import java.util.Arrays;
import java.util.BitSet;
import org.jvirtio.memory.NativeMemory;

/**
 * A packed virtqueue as the device uses it (virtio 1.4 section 2.8):
 *
 * <pre>
 *   descriptors  | address 0 | length 8 | id 12 | flags 14 |, size times, written by both sides
 *   driver       | le16 offset and wrap 0 | le16 flags 2 |    which used descriptor interrupts
 *   device       | the same |                                 which available one rings
 *
 *   flags    AVAIL USED
 *              w   !w     available, in a round that the driver counts as w
 *              w    w     used, in a round that the device counts as w
 * </pre>
 *
 * <p>Both sides go round the ring, and each round turns the side's wrap counter, which begins as 1.
 * A used descriptor is written where the next list began that is not given back yet, whichever list
 * that was, and the device then skips as many slots as the list had that it gives back.
 */
public final class PackedDeviceRing extends DeviceRing {

    private static final int OFF_WRAP = 0;
    private static final int EVENT_FLAGS = 2;
    private static final int ENABLE = 0;
    private static final int DISABLE = 1;
    private static final int AT_DESCRIPTOR = 2;
    private static final int EVENT_FLAGS_MASK = 3;
    private static final int WRAP = 1 << 15;
    private static final int STATE = DescriptorBits.AVAIL | DescriptorBits.USED;

    /** Buffer ids have 16 bits, and the driver may choose among all of them. */
    private static final int IDS = 1 << 16;

    private static final long NONE = -1;

    private final NativeMemory ring;
    private final NativeMemory driverEvent;
    private final NativeMemory deviceEvent;

    /** By buffer id: slots of the list in flight, 0 if there is none. */
    private int[] slots;

    private int nextSlot;
    private int availableState = DescriptorBits.AVAIL;
    private int inFlight;

    private int id;
    private int left;
    private int cursor;
    private long table;

    /** Length, id and flags of the slot at {@link #cursor}, if {@link #take} read them already. */
    private long word;

    private int usedSlot;
    private int usedState = STATE;
    private int skipped;

    /** Where the first used descriptor will lie that is not shown, and what it will say. */
    private long unshownAt = NONE;

    private long unshown;

    /** Where the driver was last asked about interrupts: see {@link #position}. */
    private int asked;

    /** Opens a ring in its first state, zeroed; see {@link DeviceRing#open}. */
    public PackedDeviceRing(BitSet accepted, RingAreas areas, int size, AddressMap map) {
        super(accepted, size, map);
        areas.requireRoom(true, size);
        this.ring = areas.descriptors();
        this.driverEvent = areas.driver();
        this.deviceEvent = areas.device();
        this.slots = new int[size];
    }

    @Override
    public boolean take() {
        int slot = nextSlot;
        long at = (long) DescriptorBits.BYTES * slot;
        // Length, id and flags are one access, so that all three are of one moment.
        long found = ring.readAcquire64(at + DescriptorBits.LENGTH);
        int flags = DescriptorBits.packedFlags(found);
        if ((flags & STATE) != availableState) {
            return false;
        }
        startChain();
        cursor = slot;
        word = found;
        table = 0;
        if ((flags & (DescriptorBits.NEXT | DescriptorBits.INDIRECT)) == 0) {
            left = 1;
            begin(DescriptorBits.packedId(found), 1);
        } else if ((flags & DescriptorBits.INDIRECT) != 0) {
            takeTable(at, flags);
        } else {
            takeList(slot);
        }
        return true;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public boolean nextBuffer() {
        if (left == 0) {
            return false;
        }
        left--;
        if (table != 0) {
            return nextInTable();
        }
        int slot = cursor;
        long at = (long) DescriptorBits.BYTES * slot;
        long found = word;
        accept(
                ring.read64(at),
                DescriptorBits.length(found),
                (DescriptorBits.packedFlags(found) & DescriptorBits.WRITE) != 0,
                size);
        if (left != 0) {
            cursor = slot + 1 == size ? 0 : slot + 1;
            word = ring.read64((long) DescriptorBits.BYTES * cursor + DescriptorBits.LENGTH);
        }
        return true;
    }

    @Override
    long onlyLength() {
        boolean alone = left == 1 && table == 0;
        boolean isWritable = (DescriptorBits.packedFlags(word) & DescriptorBits.WRITE) != 0;
        return alone && isWritable ? DescriptorBits.length(word) : 0;
    }

    /** A table is read in its order; WRITE is the only flag in it (section 2.8.7). */
    private boolean nextInTable() {
        long at = table;
        table += DescriptorBits.BYTES;
        NativeMemory process = DescriptorBits.PROCESS;
        int flags = DescriptorBits.word16(process, at + DescriptorBits.PACKED_FLAGS);
        if ((flags & DescriptorBits.INDIRECT) != 0) {
            throw new ProtocolFault("indirect descriptor inside an indirect table");
        }
        accept(
                DescriptorBits.word64(process, at),
                DescriptorBits.word32(process, at + DescriptorBits.LENGTH),
                (flags & DescriptorBits.WRITE) != 0,
                LARGEST);
        return true;
    }

    private void takeTable(long at, int flags) {
        long length = ring.read32(at + DescriptorBits.LENGTH) & 0xffffffffL;
        boolean hasNext = (flags & DescriptorBits.NEXT) != 0;
        table = locateTable(ring.read64(at), length, hasNext, "with NEXT");
        left = (int) (length / DescriptorBits.BYTES);
        begin(ring.read16(at + DescriptorBits.PACKED_ID), 1);
    }

    /** Finds the end of a list, whose last descriptor has the id (section 2.8.6). */
    private void takeList(int first) {
        int count = 0;
        int slot = first;
        int state = availableState;
        long at;
        int flags;
        do {
            if (++count > size) {
                throw new ProtocolFault(
                        "chain of more than "
                                + size
                                + " descriptors, the size of the queue: a loop, or too long");
            }
            at = (long) DescriptorBits.BYTES * slot;
            flags = ring.read16(at + DescriptorBits.PACKED_FLAGS);
            requireInList(slot, flags, state);
            if (++slot == size) {
                slot = 0;
                state ^= STATE;
            }
        } while ((flags & DescriptorBits.NEXT) != 0);
        left = count;
        begin(ring.read16(at + DescriptorBits.PACKED_ID), count);
    }

    private void requireInList(int slot, int flags, int state) {
        if ((flags & STATE) != state) {
            throw new ProtocolFault(
                    String.format(
                            "descriptor %d, flags 0x%04x, is within a list and is not available"
                                    + " itself (section 2.8.6)",
                            slot, flags));
        }
        if ((flags & DescriptorBits.INDIRECT) != 0) {
            throw new ProtocolFault("indirect descriptor with NEXT");
        }
    }

    /** Keeps what the driver said about the chain, and goes to where the next one begins. */
    private void begin(int bufferId, int count) {
        id = bufferId;
        inFlight += count;
        if (bufferId >= slots.length) {
            slots = Arrays.copyOf(slots, IDS); // Once: this driver numbers beyond the ring's size.
        }
        if (slots[bufferId] != 0 || inFlight > size) {
            throw new ProtocolFault(
                    String.format(
                            "buffer id %d, %d descriptors: the id is in flight already, or %d"
                                    + " descriptors are, of %d",
                            bufferId, count, inFlight, size));
        }
        slots[bufferId] = count;
        int slot = nextSlot + count;
        if (slot >= size) {
            slot -= size;
            availableState ^= STATE;
        }
        nextSlot = slot;
    }

    @Override
    void useAs(int given, int shown, long written) {
        write(shown, written);
        advance(skipped + release(given));
        skipped = 0;
    }

    @Override
    void useNothing(int shown, long written) {
        write(shown, written);
        advance(1);
    }

    /** Turns the wrap counter round of what is to be shown next: a lie. */
    void spoilWrap() {
        unshown ^= DescriptorBits.packedWord(0, 0, STATE);
    }

    @Override
    public void skip(int given) {
        skipped += release(given);
    }

    @Override
    public void publish() {
        if (unshownAt != NONE) {
            ring.writeRelease64(unshownAt + DescriptorBits.LENGTH, unshown);
            unshownAt = NONE;
        }
    }

    @Override
    public boolean wantsInterrupt() {
        int old = asked;
        int now = usedPosition();
        if (old == now) {
            return false;
        }
        asked = now;
        // Store the flags, then load what the driver wants (section 2.8.21.3).
        NativeMemory.fullFence();
        int flags = driverEvent.readAcquire16(EVENT_FLAGS) & EVENT_FLAGS_MASK;
        if (flags == AT_DESCRIPTOR && eventIndex) {
            int offWrap = driverEvent.read16(OFF_WRAP);
            int event = position(offWrap & ~WRAP, (offWrap & WRAP) != 0);
            return distance(old, event) < distance(old, now);
        }
        return flags != DISABLE;
    }

    @Override
    public boolean askForDoorbell() {
        if (eventIndex) {
            int wrap = availableState == DescriptorBits.AVAIL ? WRAP : 0;
            deviceEvent.write16(OFF_WRAP, nextSlot | wrap);
            deviceEvent.writeRelease16(EVENT_FLAGS, AT_DESCRIPTOR);
        } else {
            deviceEvent.write16(EVENT_FLAGS, ENABLE);
        }
        // Store the wish, then load the next flags (section 2.8.10).
        NativeMemory.fullFence();
        return isAvailable(nextSlot, availableState);
    }

    @Override
    public void suppressDoorbell() {
        deviceEvent.write16(EVENT_FLAGS, DISABLE);
    }

    /** Goes over what is available and not taken yet: the driver's slot and wrap counter. */
    @Override
    int shownNext() {
        int slot = nextSlot + availableSlots();
        boolean first = availableState == DescriptorBits.AVAIL;
        boolean wrap = slot < size ? first : !first;
        return (slot < size ? slot : slot - size) | (wrap ? WRAP : 0);
    }

    /** Slots that are available and not taken yet. */
    int availableSlots() {
        int count = 0;
        int slot = nextSlot;
        int state = availableState;
        while (count < size && isAvailable(slot, state)) {
            count++;
            if (++slot == size) {
                slot = 0;
                state ^= STATE;
            }
        }
        return count;
    }

    /** Slot of the next used descriptor. */
    int usedSlot() {
        return usedSlot;
    }

    /** The same, counted on through two rounds: 0 to 2 * size - 1. */
    int usedPosition() {
        return position(usedSlot, usedState == STATE);
    }

    /** Slots of the lists that were taken and not given back. */
    int inFlight() {
        return inFlight;
    }

    /** AVAIL and USED as the next used descriptor has them. */
    int usedState() {
        return usedState;
    }

    private boolean isAvailable(int slot, int state) {
        long at = (long) DescriptorBits.BYTES * slot + DescriptorBits.PACKED_FLAGS;
        return (ring.readAcquire16(at) & STATE) == state;
    }

    /** All but the first are complete at once: nobody looks at them before the first is shown. */
    private void write(int shown, long written) {
        long at = (long) DescriptorBits.BYTES * usedSlot;
        // WRITE says that data were written, and so that the length counts (section 2.8.4).
        int flags = usedState | (written != 0 ? DescriptorBits.WRITE : 0);
        long used = DescriptorBits.packedWord(written, shown, flags);
        if (unshownAt == NONE) {
            unshownAt = at;
            unshown = used;
        } else {
            ring.write64(at + DescriptorBits.LENGTH, used);
        }
    }

    private int release(int given) {
        int count = slots[given];
        slots[given] = 0;
        inFlight -= count;
        return count;
    }

    private void advance(int count) {
        int slot = usedSlot + count;
        if (slot >= size) {
            slot -= size;
            usedState ^= STATE;
        }
        usedSlot = slot;
    }

    /** Slots since the start of a round whose wrap counter is 1: 0 to 2 * size - 1. */
    private int position(int slot, boolean wrap) {
        return wrap ? slot : slot + size;
    }

    /** Slots from one position on to another; an offset that no slot has counts as behind all. */
    private int distance(int from, int to) {
        int way = to - from;
        return way < 0 ? way + 2 * size : way;
    }
}
