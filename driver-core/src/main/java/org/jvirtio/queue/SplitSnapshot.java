package org.jvirtio.queue;

import static org.jvirtio.queue.QueueMemory.DESCRIPTOR_ADDRESS;
import static org.jvirtio.queue.QueueMemory.DESCRIPTOR_BYTES;
import static org.jvirtio.queue.QueueMemory.DESCRIPTOR_LENGTH;
import static org.jvirtio.queue.QueueMemory.FLAG_NEXT;
import static org.jvirtio.queue.SplitQueueMemory.DESCRIPTOR_FLAGS;
import static org.jvirtio.queue.SplitQueueMemory.DESCRIPTOR_NEXT;
import static org.jvirtio.queue.SplitQueueMemory.ELEMENT_BYTES;
import static org.jvirtio.queue.SplitQueueMemory.ELEMENT_ID;
import static org.jvirtio.queue.SplitQueueMemory.ELEMENT_LENGTH;
import static org.jvirtio.queue.SplitQueueMemory.HEAD_BYTES;
import static org.jvirtio.queue.SplitQueueMemory.RING_ENTRIES;
import static org.jvirtio.queue.SplitQueueMemory.RING_INDEX;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.queue.QueueSnapshot.Descriptor;
import org.jvirtio.queue.QueueSnapshot.Element;
import org.jvirtio.queue.QueueSnapshot.Head;
import org.jvirtio.queue.QueueSnapshot.State;

/**
 * Takes the snapshot of a split queue. The device may write while it is read, and could have
 * written the table too, so every number is held against the capacity before it is followed.
 */
final class SplitSnapshot {

    private static final int INDEX_MASK = 0xffff;

    private final SplitQueueMemory shape;
    private final NativeMemory memory;
    private final InFlight requests;
    private final int published;
    private final int harvested;
    private final boolean inOrder;
    private final int capacity;
    private final int deviceIndex;

    /** Whose each request is, by its head; null where no request starts. */
    private final State[] heads;

    private final State[] descriptors;

    SplitSnapshot(
            SplitQueueMemory shape,
            InFlight requests,
            int published,
            int harvested,
            boolean inOrder) {
        this.shape = shape;
        this.memory = shape.bytes();
        this.requests = requests;
        this.published = published;
        this.harvested = harvested;
        this.inOrder = inOrder;
        capacity = shape.capacity();
        deviceIndex = memory.readAcquire16(shape.usedRing() + RING_INDEX);
        heads = new State[capacity];
        descriptors = new State[capacity];
    }

    QueueSnapshot take(String name) {
        Arrays.fill(descriptors, State.FREE);
        for (int head = 0; head < capacity; head++) {
            heads[head] = requests.has(head) ? state(requests.number(head)) : null;
        }
        List<Element> used = used();
        for (int head = 0; head < capacity; head++) {
            chain(head);
        }
        return new QueueSnapshot(
                name,
                "split",
                capacity,
                table(),
                available(),
                used,
                memory.read16(shape.availableRing() + RING_INDEX),
                deviceIndex,
                published & capacity - 1,
                deviceIndex & capacity - 1,
                harvested & capacity - 1);
    }

    /** In order, one element may stand for many requests, so their numbers tell (2.7.9). */
    private State state(int number) {
        if (number - published >= 0) {
            return State.OFFERED;
        }
        return inOrder && number - harvested < news() ? State.USED : State.IN_FLIGHT;
    }

    private int news() {
        return Math.min(deviceIndex - harvested & INDEX_MASK, capacity);
    }

    /** Elements that the driver has not taken are news; what they name has been used. */
    private List<Element> used() {
        int news = news();
        List<Element> elements = new ArrayList<>();
        for (int place = 0; place < capacity; place++) {
            int at = shape.usedRing() + RING_ENTRIES + ELEMENT_BYTES * place;
            long id = memory.read32(at + ELEMENT_ID) & 0xffffffffL;
            boolean isNew = (place - harvested & capacity - 1) < news;
            if (isNew && !inOrder && id < capacity && heads[(int) id] != null) {
                heads[(int) id] = State.USED;
            }
            State state = isNew ? State.USED : isPassed(place) ? State.OLD : State.FREE;
            elements.add(new Element(state, id, memory.read32(at + ELEMENT_LENGTH) & 0xffffffffL));
        }
        return elements;
    }

    /** True if the driver has been at this place before. */
    private boolean isPassed(int place) {
        return Integer.compareUnsigned(harvested, place) > 0;
    }

    private void chain(int head) {
        if (heads[head] == null) {
            return;
        }
        int descriptor = head;
        for (int left = requests.slots(head); left > 0 && descriptor < capacity; left--) {
            descriptors[descriptor] = heads[head];
            descriptor = read16(descriptor, DESCRIPTOR_NEXT);
        }
    }

    private List<Descriptor> table() {
        List<Descriptor> table = new ArrayList<>();
        for (int i = 0; i < capacity; i++) {
            int flags = read16(i, DESCRIPTOR_FLAGS);
            table.add(
                    new Descriptor(
                            descriptors[i],
                            memory.read64((long) DESCRIPTOR_BYTES * i + DESCRIPTOR_ADDRESS),
                            memory.read32((long) DESCRIPTOR_BYTES * i + DESCRIPTOR_LENGTH)
                                    & 0xffffffffL,
                            flags,
                            i,
                            (flags & FLAG_NEXT) != 0 ? read16(i, DESCRIPTOR_NEXT) : -1));
        }
        return table;
    }

    private List<Head> available() {
        List<Head> ring = new ArrayList<>();
        for (int place = 0; place < capacity; place++) {
            int head = memory.read16(shape.availableRing() + RING_ENTRIES + HEAD_BYTES * place);
            boolean isThis =
                    head < capacity
                            && heads[head] != null
                            && (requests.number(head) & capacity - 1) == place;
            State past = isPassed(place) ? State.OLD : State.FREE;
            ring.add(new Head(isThis ? heads[head] : past, head));
        }
        return ring;
    }

    private int read16(int descriptor, int field) {
        return memory.read16((long) DESCRIPTOR_BYTES * descriptor + field);
    }
}
