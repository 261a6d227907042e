package org.jvirtio.model;

import java.util.BitSet;
import org.jvirtio.memory.CacheLinePadding;

/**
 * The device's end of one virtqueue over bare memory: takes the chains that a driver made
 * available, shows their buffers one by one, gives them back used, and heeds and asks for
 * notifications (virtio 1.4 sections 2.7 and 2.8). Whole models stand on it, and so can the other
 * side of a benchmark:
 *
 * <pre>
 *   while (ring.take()) {
 *       while (ring.nextBuffer()) {
 *           ... ring.address(), ring.length(), ring.isWritable()
 *       }
 *       ring.use(ring.id(), written);
 *   }
 *   ring.publish();
 *   if (ring.wantsInterrupt()) ...
 * </pre>
 *
 * <p>For one thread at a time, without a lock. Nothing is allocated per chain. Whatever the driver
 * wrote is read once and checked; what no device can go on after is a {@link ProtocolFault}.
 */
public abstract sealed class DeviceRing extends CacheLinePadding
        permits SplitDeviceRing, PackedDeviceRing {

    /** Largest virtqueue of either format (sections 2.7 and 2.8). */
    public static final int LARGEST = 32768;

    private static final long MOST_BYTES = 1L << 32;

    final int size;
    final boolean indirectAccepted;
    final boolean eventIndex;
    final AddressMap map;

    private long address;
    private long length;
    private boolean writable;
    private long bytes;
    private int seen;

    DeviceRing(BitSet accepted, int size, AddressMap map) {
        if (size < 1 || size > LARGEST) {
            throw new IllegalArgumentException("ring of " + size + " entries, 1 to " + LARGEST);
        }
        this.size = size;
        this.indirectAccepted = accepted.get(RingBit.INDIRECT_DESC.bit);
        this.eventIndex = accepted.get(RingBit.EVENT_IDX.bit);
        this.map = map;
    }

    /**
     * The ring of a queue in the format that was negotiated.
     *
     * @param accepted feature bits; INDIRECT_DESC (28), EVENT_IDX (29) and RING_PACKED (34) matter
     * @param size entries, 1 to 32768; a power of two if the ring is split
     * @param map finds indirect tables
     */
    public static DeviceRing open(BitSet accepted, RingAreas areas, int size, AddressMap map) {
        return accepted.get(RingBit.RING_PACKED.bit)
                ? new PackedDeviceRing(accepted, areas, size, map)
                : new SplitDeviceRing(accepted, areas, size, map);
    }

    public final int size() {
        return size;
    }

    /** Moves on to the next available chain; false if there is none. */
    public abstract boolean take();

    /** What the taken chain is given back by. Split: index of its head; packed: its buffer id. */
    public abstract int id();

    /** Moves on to the next buffer of the taken chain; false after its last one. */
    public abstract boolean nextBuffer();

    /**
     * The writable bytes of the taken chain: for devices that need not know where each buffer is.
     * Instead of {@link #nextBuffer}, under the same rules.
     */
    public final long writableLength() {
        long only = onlyLength();
        if (only > 0) {
            return only;
        }
        long sum = 0;
        while (nextBuffer()) {
            sum += writable ? length : 0;
        }
        return sum;
    }

    /** Device address of the buffer. */
    public final long address() {
        return address;
    }

    /** Bytes of the buffer, 1 to 2^32 - 1. */
    public final long length() {
        return length;
    }

    /** True if the device may write the buffer and must not read it. */
    public final boolean isWritable() {
        return writable;
    }

    /**
     * Gives a taken chain back; the driver sees it after {@link #publish}.
     *
     * @param written bytes that the device wrote to the chain's writable part
     */
    public final void use(int id, long written) {
        useAs(id, id, written);
    }

    /**
     * With IN_ORDER: notes that a chain was used completely, and leaves it to the entry of the next
     * {@link #use} to say so (sections 2.7.9 and 2.8.19).
     */
    public abstract void skip(int id);

    /** Shows everything that was used since the last call. */
    public abstract void publish();

    /**
     * True if the driver wants to be interrupted for what was published since the last call. To be
     * called after every publishing, or at least once for every {@link #size} entries.
     */
    public abstract boolean wantsInterrupt();

    /**
     * Asks for a doorbell at the next chain, then looks again.
     *
     * @return true if a chain came meanwhile, for which no doorbell may ring: go on taking
     */
    public abstract boolean askForDoorbell();

    /** Asks for no doorbells for now; some may ring all the same. */
    public abstract void suppressDoorbell();

    /** Bytes of the one buffer that the chain is, if it is writable; anything else gives 0. */
    abstract long onlyLength();

    /**
     * The number that a doorbell with NOTIFICATION_DATA carries in its upper half (section 2.9) if
     * it rings now.
     */
    abstract int shownNext();

    /** As {@link #use}, but what the driver sees is {@code shown}: devices can be wrong. */
    abstract void useAs(int id, int shown, long written);

    /** Adds a used entry that no chain belongs to: another lie. */
    abstract void useNothing(int shown, long written);

    /** Starts the count of what one chain may hold. */
    final void startChain() {
        seen = 0;
    }

    /** Makes a descriptor the current buffer, unless the chain breaks a rule with it. */
    final void accept(long bufferAddress, long bufferLength, boolean isWritable, int most) {
        if (seen++ == 0) {
            bytes = 0;
            writable = false;
        }
        if (seen > most) {
            throw new ProtocolFault(
                    "chain of more than "
                            + most
                            + " descriptors, the size of the queue: a loop, or too long");
        }
        if (bufferLength == 0) {
            throw new ProtocolFault("descriptor of zero bytes");
        }
        if (writable && !isWritable) {
            throw new ProtocolFault("readable descriptor after a writable one (section 2.7.4.2)");
        }
        bytes += bufferLength;
        if (bytes > MOST_BYTES) {
            throw new ProtocolFault("chain of more than 2^32 bytes");
        }
        address = bufferAddress;
        length = bufferLength;
        writable = isWritable;
    }

    /** Where an indirect table begins in this process. */
    final long locateTable(long tableAddress, long tableLength, boolean misplaced, String misuse) {
        if (!indirectAccepted || misplaced) {
            throw new ProtocolFault(
                    "indirect descriptor "
                            + (misplaced ? misuse : "without INDIRECT_DESC negotiated"));
        }
        if (tableLength == 0 || tableLength % DescriptorBits.BYTES != 0) {
            throw new ProtocolFault("indirect table of " + tableLength + " bytes");
        }
        long local = map.locate(tableAddress, tableLength);
        if (local == 0) {
            throw new ProtocolFault(
                    String.format(
                            "indirect table at device address 0x%x, 0x%x bytes, which is not"
                                    + " inside one DMA region",
                            tableAddress, tableLength));
        }
        return local;
    }
}
