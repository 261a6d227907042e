package org.jvirtio.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A block device (virtio 1.4 section 5.2) over memory or a file, with one queue or many. Every
 * request is checked as a careful device would: sectors beyond the end and odd lengths are answered
 * with IOERR, types that were not negotiated with UNSUPP.
 */
public final class BlockModel implements DeviceModel {

    /** The unit of every position, whatever the block size is. */
    static final int SECTOR = 512;

    private static final int TYPE = 2;
    private static final int TRANSITIONAL_ID = 0x1001;

    /** "Mass storage, SCSI", as QEMU has it. */
    private static final int CLASS = 0x010000;

    /** Header and status, beside the data segments that SEG_MAX counts. */
    private static final int SEGMENTS_AROUND = 2;

    private static final int PIECE = 1 << 16;

    private final BlockBacking backing;
    private final BlockOptions options;
    private final BlockConfig config;
    private final BlockRanges ranges;
    private final byte[] piece = new byte[PIECE];
    private BitSet accepted = new BitSet();
    private ModelHost host;

    /** Makes a disk; {@link #close} closes {@code backing}. */
    public BlockModel(BlockBacking backing, BlockOptions options) {
        this.backing = backing;
        this.options = options;
        this.config = new BlockConfig(options);
        this.ranges = new BlockRanges(backing, options.blockSize());
        config.capacity(backing.length() / SECTOR);
    }

    /** Changes the capacity while a driver may be running, and tells it. */
    public void resize(long sectors) {
        host.locked(
                () -> {
                    try {
                        backing.resize(sectors * SECTOR);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    config.capacity(sectors);
                    host.configChanged();
                });
    }

    @Override
    public void attach(ModelHost function) {
        host = function;
    }

    @Override
    public String label() {
        return "block";
    }

    @Override
    public int typeId() {
        return TYPE;
    }

    @Override
    public int classCode() {
        return CLASS;
    }

    @Override
    public int transitionalId() {
        return TRANSITIONAL_ID;
    }

    @Override
    public BitSet features() {
        BitSet offered =
                FeatureBits.of(BlockBit.BLK_SIZE.bit, BlockBit.FLUSH.bit, BlockBit.TOPOLOGY.bit);
        offered.set(BlockBit.SIZE_MAX.bit, options.sizeMax() > 0);
        offered.set(BlockBit.SEG_MAX.bit, options.segMax() > 0);
        offered.set(BlockBit.RO.bit, options.isReadOnly());
        offered.set(BlockBit.CONFIG_WCE.bit, options.offersCacheControl());
        offered.set(BlockBit.MQ.bit, options.queues() > 1);
        offered.set(BlockBit.DISCARD.bit, options.offersDiscard());
        offered.set(BlockBit.WRITE_ZEROES.bit, options.offersDiscard());
        return offered;
    }

    @Override
    public int queueCount() {
        return options.queues();
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public void negotiated(BitSet features) {
        accepted = (BitSet) features.clone();
        // Whoever cannot flush gets a cache that needs none (section 5.2.5.2).
        config.cache(has(BlockBit.FLUSH), has(BlockBit.CONFIG_WCE));
    }

    @Override
    public void reset() {
        accepted = new BitSet();
        config.cache(true, false);
    }

    @Override
    public void close() {
        backing.close();
    }

    @Override
    public void serve(int queue, ModelChain chain) {
        long data = chain.writableLength() - BlockRequest.STATUS_BYTES;
        if (chain.readableLength() < BlockRequest.HEADER_BYTES || data < 0) {
            throw new ProtocolFault(
                    String.format(
                            "block request with %d readable and %d writable bytes; it needs a"
                                    + " header of 16 and a status of 1 (section 5.2.6)",
                            chain.readableLength(), chain.writableLength()));
        }
        checkFraming(chain);
        BlockRequest request = BlockRequest.read(chain);
        int status;
        try {
            status = perform(request, chain, data);
        } catch (IOException e) {
            status = BlockRequest.IOERR;
        }
        if (status != BlockRequest.OK || !request.fillsData()) {
            clear(chain, data);
        }
        chain.write(data, new byte[] {(byte) status}, BlockRequest.STATUS_BYTES);
        chain.complete(chain.writableLength());
    }

    /** True if a request for {@code bytes} from {@code sector} on is whole blocks of the disk. */
    static boolean isInside(long sector, long bytes, long length, int blockSize) {
        long sectors = length / SECTOR;
        int perBlock = blockSize / SECTOR;
        return Long.compareUnsigned(sector, sectors) <= 0
                && bytes / SECTOR <= sectors - sector
                && bytes % blockSize == 0
                && sector % perBlock == 0;
    }

    private int perform(BlockRequest request, ModelChain chain, long data) throws IOException {
        return switch (request.type()) {
            case BlockRequest.IN -> in(request, chain, data);
            case BlockRequest.OUT -> out(request, chain);
            case BlockRequest.FLUSH, BlockRequest.FLUSH_OUT -> flush(request, chain);
            case BlockRequest.GET_ID -> identify(chain, data);
            case BlockRequest.DISCARD -> changeRanges(chain, BlockBit.DISCARD);
            case BlockRequest.WRITE_ZEROES -> changeRanges(chain, BlockBit.WRITE_ZEROES);
            default -> BlockRequest.UNSUPP;
        };
    }

    private int in(BlockRequest request, ModelChain chain, long data) throws IOException {
        if (!isInside(request.sector(), data, backing.length(), options.blockSize())) {
            return BlockRequest.IOERR;
        }
        for (long done = 0; done < data; done += PIECE) {
            int count = (int) Math.min(PIECE, data - done);
            backing.read(request.sector() * SECTOR + done, piece, count);
            chain.write(done, piece, count);
        }
        return BlockRequest.OK;
    }

    private int out(BlockRequest request, ModelChain chain) throws IOException {
        long data = chain.readableLength() - BlockRequest.HEADER_BYTES;
        if (options.isReadOnly()
                || !isInside(request.sector(), data, backing.length(), options.blockSize())) {
            return BlockRequest.IOERR;
        }
        for (long done = 0; done < data; done += PIECE) {
            int count = (int) Math.min(PIECE, data - done);
            chain.read(BlockRequest.HEADER_BYTES + done, piece, count);
            backing.write(request.sector() * SECTOR + done, piece, count);
        }
        if (!config.isWriteBack()) {
            backing.flush(); // A completed write is stable then (section 5.2.6.2).
        }
        return BlockRequest.OK;
    }

    private int flush(BlockRequest request, ModelChain chain) throws IOException {
        if (request.sector() != 0) {
            chain.complain("FLUSH with sector " + request.sector() + " (section 5.2.6.1)");
        }
        backing.flush();
        return BlockRequest.OK;
    }

    private int identify(ModelChain chain, long data) {
        byte[] serial = options.serial().getBytes(StandardCharsets.US_ASCII);
        byte[] answer = Arrays.copyOf(serial, BlockOptions.SERIAL_BYTES);
        if (data != answer.length) {
            return BlockRequest.IOERR;
        }
        chain.write(0, answer, answer.length);
        return BlockRequest.OK;
    }

    private int changeRanges(ModelChain chain, BlockBit feature) throws IOException {
        if (options.isReadOnly()) {
            return BlockRequest.IOERR;
        }
        if (!has(feature)) {
            return BlockRequest.UNSUPP;
        }
        return ranges.perform(chain, feature == BlockBit.DISCARD);
    }

    /** Zeroes data that no answer fills, so that what is declared as written was written. */
    private void clear(ModelChain chain, long data) {
        Arrays.fill(piece, (byte) 0);
        for (long done = 0; done < data; done += PIECE) {
            chain.write(done, piece, (int) Math.min(PIECE, data - done));
        }
    }

    private void checkFraming(ModelChain chain) {
        boolean free = accepted.get(RingBit.VERSION_1.bit) || accepted.get(RingBit.ANY_LAYOUT.bit);
        boolean fixed =
                chain.firstLength() == BlockRequest.HEADER_BYTES
                        && chain.lastLength() == BlockRequest.STATUS_BYTES;
        if (!free && !fixed) {
            chain.complain(
                    "header and status of a block request are not in descriptors of their own,"
                            + " and ANY_LAYOUT was not accepted (section 5.2.6.4)");
        }
        if (has(BlockBit.SIZE_MAX) && chain.longestLength() > options.sizeMax()) {
            chain.complain("segment of " + chain.longestLength() + " bytes, beyond SIZE_MAX");
        }
        if (has(BlockBit.SEG_MAX) && chain.count() > options.segMax() + SEGMENTS_AROUND) {
            chain.complain("request of " + chain.count() + " segments, beyond SEG_MAX");
        }
    }

    private boolean has(BlockBit feature) {
        return accepted.get(feature.bit);
    }
}
