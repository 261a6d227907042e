package org.jvirtio.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.memory.NativeMemory;

/**
 * One virtqueue, device side (virtio 1.4 section 2.6): what the driver set up, the requests that
 * are being served, and how they are given back. The ring itself is a {@link DeviceRing}.
 *
 * <p>Used under the function's lock.
 */
final class ModelQueue {

    /** Far from every index, so that a driver which writes the index is found out. */
    private static final int NOTIFY_DATA = 0x5a00;

    private final ModelDevice device;
    private final Completion completion;
    private final DoneRequests done;
    private final int maxSize;

    final int index;
    boolean enabled;
    boolean pending;
    int resetReads;
    int vector = ModelInterrupts.NO_VECTOR;
    long descriptors;
    long available;
    long used;

    /** What the driver chose; 0 while it chose nothing. */
    private int chosenSize;

    private RingLink link;

    /** What the driver waits for, by id: the device may hold pointers into it. */
    private final Map<Integer, ModelChain> inFlight = new HashMap<>();

    /** The one of the chain that is being taken, if its memory can only be copied. */
    private final TableCopy table = new TableCopy();

    private long taken;
    private int life;
    private boolean muted;

    ModelQueue(ModelDevice device, int index, int maxSize, Completion completion) {
        this.device = device;
        this.index = index;
        this.maxSize = maxSize;
        this.completion = completion;
        this.done = new DoneRequests(completion);
    }

    /** Back to the first state, and no more touch of memory (sections 2.4 and 2.6.1). */
    void reset() {
        disable();
        chosenSize = 0;
        vector = ModelInterrupts.NO_VECTOR;
    }

    void disable() {
        enabled = false;
        pending = false;
        descriptors = 0;
        available = 0;
        used = 0;
        link = null;
        inFlight.clear();
        done.clear();
        taken = 0;
        muted = false;
        resetReads = 0;
        life++;
    }

    /** Entries: what the driver chose, or else the most that its features allow. */
    int size() {
        return chosenSize != 0 ? chosenSize : most();
    }

    void size(int entries) {
        chosenSize = entries;
    }

    /** True if the driver may have this size; without RING_PACKED that is a power of two. */
    boolean takesSize(int wanted) {
        boolean shape = device.has(RingBit.RING_PACKED) || Integer.bitCount(wanted) == 1;
        return wanted > 0 && wanted <= maxSize && shape;
    }

    /** Makes the queue live; the areas must be in memory by now. */
    void enable() {
        requireAreas();
        enabled = true;
        if (device.lies().interruptsTooSoon()) {
            interrupt();
        }
    }

    /** What a doorbell writes instead of the index, with NOTIF_CONFIG_DATA (section 4.1.5.2). */
    int notifyData() {
        return NOTIFY_DATA + index;
    }

    /** Grows with each time that the queue lost what it had. */
    int life() {
        return life;
    }

    /** True if any byte of a range of device addresses belongs to the rings of this queue. */
    boolean uses(long address, long length) {
        return enabled
                && (within(descriptors, address, length)
                        || within(available, address, length)
                        || within(used, address, length));
    }

    /** True if a request that was not given back has a buffer in a range of device addresses. */
    boolean holds(long address, long length) {
        return inFlight.values().stream()
                .flatMap(chain -> chain.segments().stream())
                .anyMatch(segment -> within(segment.address(), address, length));
    }

    /** Serves all that is available and gives back what is done. */
    void work() {
        pending = false;
        DeviceRing live = ring();
        // Ends when the driver adds nothing more; each round takes at least one chain.
        do {
            live.suppressDoorbell();
            link.fetch();
            takeAll(live);
        } while (link.askForDoorbell());
        giveBack(false);
        device.mischief().afterWork(this);
    }

    /** Gives back what is done, as after {@link #work}. */
    void giveBackDone() {
        if (!done.isEmpty()) {
            ring();
            giveBack(false);
            device.mischief().afterWork(this);
        }
    }

    /** Gives back everything that is done, also what {@link Completion} would keep longer. */
    void flush() {
        if (!done.isEmpty()) {
            ring();
            giveBack(true);
        }
    }

    boolean keepsSomething() {
        return !done.isEmpty();
    }

    /** A model is done with a chain; one from before a reset is nobody's any more. */
    void used(ModelChain chain, long written) {
        if (chain.life() == life) {
            done.add(new UsedRequest(chain, written));
        }
    }

    /** A doorbell with NOTIFICATION_DATA rang (section 2.9). */
    void doorbellSays(int next) {
        DeviceRing ring = ring();
        link.fetch();
        int shown = ring.shownNext();
        if (next != shown) {
            complain(
                    String.format(
                            "doorbell of queue %d says that 0x%04x is next, and the ring shows"
                                    + " 0x%04x (section 2.9)",
                            index, next, shown));
        }
    }

    void complain(String text) {
        device.complaints().add(text);
    }

    /** The ring, if its areas are still in memory. */
    DeviceRing ring() {
        requireAreas();
        if (link == null) {
            link = RingLink.open(device.memory(), device.accepted(), size(), areas(), this::locate);
        }
        return link.ring();
    }

    /** How the driver learns what is written to {@link #ring}, which was called before. */
    RingLink link() {
        return link;
    }

    /** Publishes, and interrupts if the driver wants to be. */
    void show() {
        link.publish();
        interruptIfWanted();
    }

    void interruptIfWanted() {
        if (link.ring().wantsInterrupt()) {
            interrupt();
        }
    }

    /** Gives nothing back any more, until a reset. */
    void mute() {
        muted = true;
    }

    /** A request is given back, in whatever way, or never will be. */
    void forget(UsedRequest request) {
        inFlight.remove(request.id());
    }

    void interrupt() {
        device.interrupts().queueUsed(vector);
    }

    /** The memory of the driver. */
    DriverMemory memory() {
        return device.memory();
    }

    /** An id that no request has; the ring's size if all are taken. */
    int unknownId() {
        int id = size() - 1;
        while (id >= 0 && inFlight.containsKey(id)) {
            id--;
        }
        return id < 0 ? size() : id;
    }

    private int most() {
        return device.has(RingBit.RING_PACKED) ? maxSize : Integer.highestOneBit(maxSize);
    }

    private long[] areas() {
        return new long[] {descriptors, available, used};
    }

    private void requireAreas() {
        if (!takesSize(size())) {
            // It was chosen while RING_PACKED was among the features that were written.
            throw new ProtocolFault(
                    String.format(
                            "queue %d has %d entries, which is no power of two, and RING_PACKED"
                                    + " was not accepted (section 2.7)",
                            index, size()));
        }
        RingAreas.require(device.memory(), device.has(RingBit.RING_PACKED), size(), areas());
    }

    private long locate(long address, long length) {
        NativeMemory found = device.memory().find(address, length);
        return found != null ? found.address() : table.copy(device.memory(), address, length);
    }

    private void takeAll(DeviceRing live) {
        while (live.take()) {
            List<Segment> segments = new ArrayList<>();
            while (live.nextBuffer()) {
                segments.add(Segment.of(live, device.memory()));
            }
            ModelChain chain = new ModelChain(this, live.id(), taken++, segments);
            if (inFlight.put(chain.id(), chain) != null) {
                throw new ProtocolFault(
                        "buffer "
                                + chain.id()
                                + " of queue "
                                + index
                                + " is available while the device has it already");
            }
            device.serve(index, chain);
        }
    }

    private void giveBack(boolean all) {
        boolean inOrder = device.has(RingBit.IN_ORDER);
        List<UsedRequest> released = done.release(all, inOrder);
        boolean joined = inOrder && completion.entries() == Completion.Entries.LAST;
        for (int i = 0; i < released.size(); i++) {
            UsedRequest request = released.get(i);
            if (muted) {
                return;
            }
            if (device.mischief().takes(this, request)) {
                continue;
            }
            boolean last = i == released.size() - 1 || device.mischief().isNext();
            use(request, joined && !last && request.isComplete());
        }
        if (!muted) {
            show();
        }
    }

    private void use(UsedRequest request, boolean joined) {
        forget(request);
        if (joined) {
            link.ring().skip(request.id());
        } else {
            link.ring().use(request.id(), request.written());
        }
    }

    private static boolean within(long area, long address, long length) {
        return Long.compareUnsigned(area - address, length) < 0;
    }
}
