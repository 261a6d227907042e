package org.jvirtio.device;

import java.util.Objects;
import java.util.Optional;
import org.jvirtio.DeviceConfig;
import org.jvirtio.DeviceType;
import org.jvirtio.DriverNeeds;
import org.jvirtio.FeatureSet;
import org.jvirtio.Handshake;
import org.jvirtio.LayoutException;
import org.jvirtio.RequestException;
import org.jvirtio.RunningDevice;
import org.jvirtio.Transport;

/**
 * A disk (virtio 1.4 section 5.2). The calls here do one thing and return when it is done; for many
 * requests at a time there is {@link #queue}.
 *
 * <p>Sector numbers count 512 bytes, whatever the block size. Transfers are whole blocks; {@link
 * BlockChannel} takes any position. Not thread-safe, and while the calls here are used nothing else
 * may be in flight on queue 0.
 */
public final class BlockDriver implements AutoCloseable {

    private static final int BUFFER_BYTES = 128 * 1024;

    /** Section 5.2.6.1: the data of GET_ID "MUST be 20 bytes". */
    private static final int ID_BYTES = 20;

    private final RunningDevice device;
    private final BlockRules rules;
    private final BlockQueue[] queues;
    private final GuardedBuffer buffer;

    private BlockDriver(RunningDevice device) {
        this.device = device;
        BlockGeometry geometry = BlockGeometry.read(device.config(), device.accepted());
        BlockLimits limits =
                BlockLimits.read(
                        device.config(), device.accepted(), geometry.blockSize(), smallestQueue());
        rules = new BlockRules(device.accepted(), geometry, limits);
        buffer = new GuardedBuffer(device, Math.min(BUFFER_BYTES, requestBytes()));
        queues = new BlockQueue[device.queueCount()];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new BlockQueue(device, i, rules);
        }
    }

    /** What the driver asks of a device: one queue, and every feature that it uses. */
    public static DriverNeeds needs() {
        return DriverNeeds.of(DeviceType.BLOCK, BlockFeature.values())
                .wanting(
                        BlockFeature.SIZE_MAX,
                        BlockFeature.SEG_MAX,
                        BlockFeature.RO,
                        BlockFeature.BLK_SIZE,
                        BlockFeature.FLUSH,
                        BlockFeature.TOPOLOGY,
                        BlockFeature.DISCARD,
                        BlockFeature.WRITE_ZEROES)
                .withChainLength(BlockLimits.MAX_SEGMENTS + BlockLimits.DESCRIPTORS_BESIDE_DATA);
    }

    /** As {@link #needs}, with up to {@code wanted} queues if the device has so many. */
    public static DriverNeeds needs(int wanted) {
        return needs().wanting(BlockFeature.MQ).withQueues(new QueuesUpTo(wanted));
    }

    /** Starts the device; closing the driver closes the transport. */
    public static BlockDriver start(Transport transport) {
        return start(transport, needs());
    }

    /** Starts the device with needs of the caller's own, made from {@link #needs}. */
    public static BlockDriver start(Transport transport, DriverNeeds needs) {
        RunningDevice device = Handshake.run(transport, needs);
        try {
            return new BlockDriver(device);
        } catch (RuntimeException | Error failure) {
            device.abandon(failure);
            throw failure;
        }
    }

    public RunningDevice device() {
        return device;
    }

    public BlockGeometry geometry() {
        return rules.geometry();
    }

    public BlockLimits limits() {
        return rules.limits();
    }

    public boolean isReadOnly() {
        return rules.has(BlockFeature.RO);
    }

    /**
     * The most bytes of one request on a {@link BlockQueue}; the calls here split by themselves.
     */
    public int requestBytes() {
        return rules.requestBytes();
    }

    public int queueCount() {
        return queues.length;
    }

    /** The queue for requests of one's own, many at a time. */
    public BlockQueue queue(int index) {
        return queues[index];
    }

    /** Reads the capacity again: after a configuration change it may be another. */
    public void refresh() {
        rules.setGeometry(BlockGeometry.read(device.config(), device.accepted()));
    }

    public void read(long sector, byte[] target) {
        read(sector, target, 0, target.length);
    }

    /** Reads whole blocks, in as many requests as it takes. */
    public void read(long sector, byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        rules.requireBlocks("reading", sector, length);
        for (int done = 0; done < length; ) {
            int piece = Math.min(buffer.length(), length - done);
            long at = sector + done / BlockGeometry.SECTOR_BYTES;
            idleQueue().offerRead(at, buffer.region(), buffer.start(), piece, at);
            finish("a block read");
            requireDone("reading", at, piece / BlockGeometry.SECTOR_BYTES);
            buffer.take(target, offset + done, piece);
            done += piece;
        }
    }

    public void write(long sector, byte[] source) {
        write(sector, source, 0, source.length);
    }

    /** Writes whole blocks; they are durable after {@link #flush}. */
    public void write(long sector, byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        rules.requireWritable("writing");
        rules.requireBlocks("writing", sector, length);
        for (int done = 0; done < length; ) {
            int piece = Math.min(buffer.length(), length - done);
            long at = sector + done / BlockGeometry.SECTOR_BYTES;
            BlockQueue queue = idleQueue();
            buffer.put(source, offset + done, piece);
            queue.offerWrite(at, buffer.region(), buffer.start(), piece, at);
            finish("a block write");
            requireDone("writing", at, piece / BlockGeometry.SECTOR_BYTES);
            done += piece;
        }
    }

    /**
     * Makes every completed write durable. A disk without FLUSH writes through (section 5.2.6.2),
     * so nothing is to be done there.
     */
    public void flush() {
        if (rules.has(BlockFeature.FLUSH)) {
            idleQueue().offerFlush(0);
            finish("a flush");
            requireDone("flushing");
        }
    }

    /** Gives sectors back to the disk; what they hold afterwards is undefined. */
    public void discard(long sector, long sectors) {
        rules.requireOnDisk("discarding", sector, sectors);
        long most = Math.max(1, rules.limits().discardSectors());
        for (long done = 0; done < sectors; ) {
            long piece = Math.min(most, sectors - done);
            idleQueue().offerDiscard(sector + done, piece, 0);
            finish("a discard");
            requireDone("discarding", sector + done, piece);
            done += piece;
        }
    }

    /** Zeroes sectors; with {@code unmap} the disk may give them back as well. */
    public void writeZeroes(long sector, long sectors, boolean unmap) {
        rules.requireOnDisk("zeroing", sector, sectors);
        long most = Math.max(1, rules.limits().writeZeroesSectors());
        for (long done = 0; done < sectors; ) {
            long piece = Math.min(most, sectors - done);
            idleQueue().offerWriteZeroes(sector + done, piece, unmap, 0);
            finish("a write of zeroes");
            requireDone("zeroing", sector + done, piece);
            done += piece;
        }
    }

    /** The name that the disk was given by its host; empty if it has none. */
    public Optional<String> id() {
        BlockQueue queue = idleQueue();
        buffer.clear(ID_BYTES); // so that a short answer shows no data of earlier reads
        queue.offerId(buffer.region(), buffer.start(), ID_BYTES, 0);
        finish("the disk's name");
        if (queues[0].status() == BlockStatus.UNSUPP) {
            return Optional.empty();
        }
        requireDone("reading the name of the disk");
        byte[] bytes = new byte[ID_BYTES];
        buffer.take(bytes, 0, ID_BYTES);
        return printable(bytes);
    }

    /** Entries; every request must fit into every queue. */
    private int smallestQueue() {
        int smallest = device.queue(0).capacity();
        for (int i = 1; i < device.queueCount(); i++) {
            smallest = Math.min(smallest, device.queue(i).capacity());
        }
        return smallest;
    }

    /** The queue of the calls that wait; once it is idle, {@link #buffer} is nobody else's. */
    private BlockQueue idleQueue() {
        queues[0].requireIdle();
        return queues[0];
    }

    private void finish(String what) {
        queues[0].submit();
        queues[0].await(what);
        if (!buffer.isIntact()) {
            throw device.queue(0)
                    .breakWith(
                            "completing "
                                    + what
                                    + ": the device wrote outside the data buffer, the canary is"
                                    + " gone. Reset the device, and report it.");
        }
    }

    private void requireDone(String doing, long sector, long sectors) {
        if (!queues[0].isOk()) {
            long bytes = sectors * BlockGeometry.SECTOR_BYTES;
            throw failed(doing + " " + bytes + " bytes at sector " + sector);
        }
    }

    private void requireDone(String doing) {
        if (!queues[0].isOk()) {
            throw failed(doing);
        }
    }

    private RequestException failed(String what) {
        return new RequestException(
                what
                        + ": "
                        + queues[0].status().meaning()
                        + ". Look at the disk behind the device; other requests can go on.");
    }

    /** Up to the first NUL; not every name has one (section 5.2.6). */
    private static Optional<String> printable(byte[] bytes) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < bytes.length && bytes[i] != 0; i++) {
            name.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '?');
        }
        return name.isEmpty() ? Optional.empty() : Optional.of(name.toString());
    }

    private record QueuesUpTo(int wanted) implements DriverNeeds.QueueCount {

        @Override
        public int of(DeviceConfig config, FeatureSet accepted) {
            if (!accepted.has(BlockFeature.MQ)) {
                return 1;
            }
            int there = config.fields().read(BlockConfig.NUM_QUEUES);
            if (there == 0) {
                throw new LayoutException(
                        "reading the number of queues of a disk: it offers MQ and has 0. Mend the"
                                + " device model, or do not accept MQ.");
            }
            return Math.min(wanted, there);
        }
    }

    @Override
    public void close() {
        device.close();
    }
}
