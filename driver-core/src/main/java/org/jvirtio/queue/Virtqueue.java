package org.jvirtio.queue;

import static org.jvirtio.queue.QueueMemory.FLAG_INDIRECT;
import static org.jvirtio.queue.QueueMemory.FLAG_WRITE;

import org.jvirtio.DeviceBrokenException;
import org.jvirtio.Doorbell;
import org.jvirtio.QueueAddresses;
import org.jvirtio.memory.CacheLinePadding;
import org.jvirtio.memory.NativeMemory;

/**
 * A virtqueue, driver side (virtio 1.4 section 2.6), whatever its format: offer many, publish once,
 * ring once and only if asked, harvest many.
 *
 * <pre>
 *   driver                                  device
 *   offer    buffers laid out
 *   publish  shown, all at once ----------> sees them
 *   ring     doorbell, if asked ----------> wakes up
 *                                           reads and writes buffers
 *   poll     one &lt;------------------------- used: which, bytes written
 *   harvest  many
 * </pre>
 *
 * <p>The device is not trusted: what is free, in flight, and how much room was given is private;
 * shared memory that the driver writes is never read back, and every number from the device is read
 * once and checked. A lie breaks the queue: that call and every later one throws {@link
 * DeviceBrokenException} with the first reason.
 *
 * <p>Nothing is allocated after the constructor. Not thread-safe: one queue, one thread; two queues
 * of two threads write to no cache line in common.
 */
public abstract sealed class Virtqueue extends CacheLinePadding permits SplitQueue, PackedQueue {

    final String name;
    final NativeMemory memory;
    final boolean eventIndex;
    final boolean inOrder;
    final int capacity;

    private final UsedLengths usedLengths;
    private final QueueMemory shape;
    private final Doorbell doorbell;
    final InFlight requests;

    // Free-running counts of requests.
    int offered;
    int published;
    int harvested;
    private int publishedWhenAsked;

    private long token;
    private long usedLength;
    private long clamped;
    private String broken;

    Virtqueue(QueueSetup setup, QueueMemory shape) {
        this.shape = shape;
        name = setup.name();
        memory = shape.bytes();
        eventIndex = setup.eventIndex();
        inOrder = setup.inOrder();
        capacity = shape.capacity();
        usedLengths = setup.usedLengths();
        doorbell = setup.doorbell();
        requests = new InFlight(capacity);
    }

    /** Descriptors. */
    public final int capacity() {
        return capacity;
    }

    /** Requests offered and not yet harvested. */
    public final int inFlight() {
        return offered - harvested;
    }

    /**
     * Lays one request out; the device sees it after {@link #publish}.
     *
     * @param request may be cleared and used again at once
     * @param requestToken comes back from {@link #token} when the device has used the request
     * @return false if the queue is full: harvest, then offer again
     */
    public final boolean offer(Chain request, long requestToken) {
        requireWorking();
        requireFitting(request.count());
        int slots = slots(request);
        if (!hasRoom(slots)) {
            return false;
        }
        requests.add(
                place(request, slots), requestToken, request.writableBytes(), slots, offered++);
        return true;
    }

    /** As {@link #offer}, of a request that is one buffer which the device reads. */
    public final boolean offerReadable(long address, long length, long requestToken) {
        requireWorking();
        Chain.requireLength(length, 0);
        return offerOne(address, length, 0, 0, requestToken);
    }

    /** As {@link #offer}, of a request that is one buffer which the device writes. */
    public final boolean offerWritable(long address, long length, long requestToken) {
        requireWorking();
        Chain.requireLength(length, 0);
        return offerOne(address, length, FLAG_WRITE, length, requestToken);
    }

    /**
     * As {@link #offer}, of a request whose buffers are told in a table.
     *
     * @param room the most bytes that the device may write for it
     */
    public final boolean offerTable(
            IndirectTables tables, int table, long room, long requestToken) {
        requireWorking();
        requireFitting(tables.entries());
        return offerOne(tables.address(table), tables.bytes(), FLAG_INDIRECT, room, requestToken);
    }

    /** Shows the device everything offered so far: the contents first, then that they are there. */
    public final void publish() {
        requireWorking();
        if (published != offered) {
            show();
            published = offered;
        }
    }

    /**
     * Rings the doorbell if anything was published since the last call and the device wants to hear
     * of it (sections 2.7.10 and 2.8.10).
     *
     * @return true if it rang
     */
    public final boolean ringIfAsked() {
        requireWorking();
        int news = published - publishedWhenAsked;
        if (news == 0) {
            return false;
        }
        publishedWhenAsked = published;
        // 2.7.13.4.1: "a suitable memory barrier before reading flags or avail_event", so that
        // either we see the device's wish or the device sees what we published.
        NativeMemory.fullFence();
        boolean asked = isAsked(news);
        if (asked) {
            doorbell.ring(nextEntry());
        }
        return asked;
    }

    /** Rings whether asked or not, which is harmless: for devices that seem to have slept. */
    public final void ring() {
        requireWorking();
        doorbell.ring(nextEntry());
    }

    /**
     * Takes the next used request; {@link #token} and {@link #usedLength} then tell of it, and its
     * buffers are the caller's again.
     *
     * @return false if the device has used nothing more yet
     * @throws DeviceBrokenException if what the device wrote cannot be true
     */
    public final boolean poll() {
        requireWorking();
        if (!isUsed()) {
            return false;
        }
        take();
        return true;
    }

    /**
     * Takes as many used requests as there are and {@code into} has room for. The device's word is
     * looked up once, so a device that never stops cannot keep the caller here.
     *
     * @return how many; 0 if the device has used nothing more yet
     * @throws DeviceBrokenException as {@link #poll}; then nothing of this batch is told
     */
    public final int harvest(UsedBatch into) {
        requireWorking();
        into.clear();
        return inOrder ? harvestOneByOne(into) : harvestAll(into);
    }

    /** What the request polled last was offered with. */
    public final long token() {
        return token;
    }

    /** Bytes the device says it wrote for the request polled last, never more than it could. */
    public final long usedLength() {
        return usedLength;
    }

    /** How often {@link UsedLengths#CLAMPED} had something to cut. */
    public final long clampedLengths() {
        return clamped;
    }

    /** Asks the device for no interrupts. Advice only: some may still come. */
    public abstract void disableInterrupts();

    /**
     * Asks the device for an interrupt at the next used request, then looks again, because one may
     * have been used just before (section 2.7.14).
     *
     * @return true if there is something to {@link #poll}; waiting would be a mistake then
     */
    public abstract boolean enableInterrupts();

    /** The state in one line, for messages. */
    public abstract String describe();

    /**
     * What lies in the queue at this moment, for people. It reads what the data path never reads
     * back, and changes nothing.
     */
    public abstract QueueSnapshot snapshot();

    /**
     * Ends the use of this queue: every later call throws with the first reason given.
     *
     * @return the exception to throw
     */
    public final DeviceBrokenException breakWith(String reason) {
        if (broken == null) {
            broken = reason;
        }
        return new DeviceBrokenException(broken);
    }

    /**
     * Throws if this queue is not used any more. Callers that write into the memory of a request
     * ask before they do: it may be gone, or still be the device's.
     */
    public final void requireWorking() {
        if (broken != null) {
            throw new DeviceBrokenException(broken);
        }
    }

    /** What the device is told of the queue's memory. */
    public final QueueAddresses addresses() {
        return shape.addresses();
    }

    /**
     * Begins again, empty, after the device has let go of the queue (section 2.6.1) and before it
     * is handed over again.
     *
     * @return the tokens of what was in flight, oldest first: the device will not use those any
     *     more, and their buffers are the caller's
     */
    public final long[] restart() {
        requireWorking();
        long[] cancelled = requests.tokens(offered);
        requests.clear();
        offered = 0;
        published = 0;
        publishedWhenAsked = 0;
        harvested = 0;
        clear();
        disableInterrupts();
        return cancelled;
    }

    final boolean isBroken() {
        return broken != null;
    }

    /** How many descriptors of the table or ring a request takes. */
    abstract int slots(Chain request);

    /** True if so many descriptors are free. */
    abstract boolean hasRoom(int slots);

    /** Writes the descriptors of a request that has room; returns the id the device will use. */
    abstract int place(Chain request, int slots);

    /** As the other, of one descriptor with these flags. */
    abstract int place(long address, long length, int flags);

    /** Makes everything placed so far visible. */
    abstract void show();

    /** Whether the device wishes to hear of the {@code news} requests published last. */
    abstract boolean isAsked(int news);

    /** Where the next entry goes, as the data of a notification has it (section 4.1.5.2). */
    abstract int nextEntry();

    /** True if a request is there to be taken. */
    abstract boolean isUsed();

    /** Takes one request and completes it, after {@link #isUsed} said so. */
    abstract void take();

    /** Takes many requests, in any order. */
    abstract int harvestAll(UsedBatch into);

    /** Forgets all that is in the rings. */
    abstract void clear();

    /** True if {@code id} is one of a request that the device has been shown and not used. */
    final boolean isInFlight(int id) {
        // Taken is not enough: a request that is not published yet cannot have been used.
        return requests.has(id) && (published == offered || isPublished(id));
    }

    private boolean isPublished(int id) {
        return Integer.compareUnsigned(requests.number(id) - published, offered - published) >= 0;
    }

    /** The most bytes that the device may write for it. */
    final long room(int id) {
        return requests.room(id);
    }

    /** The request is over: its id is free, and {@link #token} and {@link #usedLength} tell. */
    final void complete(int id, long claimed) {
        usedLength = possibleLength(id, claimed);
        token = requests.token(id);
        requests.remove(id);
        harvested++;
    }

    /** As if the device had written all it could: of requests that it skips (section 2.7.9). */
    final void completeFully(int id) {
        complete(id, requests.room(id));
    }

    private boolean offerOne(long address, long length, int flags, long room, long requestToken) {
        if (!hasRoom(1)) {
            return false;
        }
        requests.add(place(address, length, flags), requestToken, room, 1, offered++);
        return true;
    }

    private int harvestOneByOne(UsedBatch into) {
        int most = into.most();
        int count = 0;
        while (count < most && isUsed()) {
            take();
            into.set(count++, token, usedLength);
        }
        return into.end(count);
    }

    private void requireFitting(int count) {
        // 2.7.5.3.1: not "longer than the Queue Size of the device", indirect or not.
        if (count == 0 || count > capacity) {
            throw new IllegalArgumentException(
                    String.format(
                            "%s: a request of %d buffers; it can have 1 to %d",
                            name, count, capacity));
        }
    }

    /** Bytes written, no more than there was room for. */
    final long possibleLength(int id, long claimed) {
        long room = requests.room(id);
        return claimed <= room ? claimed : tooLong(id, claimed, room);
    }

    private long tooLong(int id, long claimed, long room) {
        if (usedLengths == UsedLengths.STRICT) {
            throw breakWith(
                    String.format(
                            "%s: the device claims %d bytes written for descriptor %d, which has"
                                    + " room for %d. Reset the device, and report it.",
                            name, claimed, id, room));
        }
        clamped++;
        return room;
    }
}
