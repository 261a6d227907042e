package org.jvirtio.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * DISCARD and WRITE_ZEROES (virtio 1.4 section 5.2.6): a list of ranges, each
 *
 * <pre>
 *   | le64 sector 0 | le32 sectors 8 | le32 flags 12 |      flags bit 0: unmap
 * </pre>
 */
final class BlockRanges {

    private static final int RANGE_BYTES = 16;
    private static final int UNMAP = 1;

    private final BlockBacking backing;
    private final int blockSize;

    BlockRanges(BlockBacking backing, int blockSize) {
        this.backing = backing;
        this.blockSize = blockSize;
    }

    /**
     * Does a whole request or, if any of its ranges is wrong, nothing.
     *
     * @return the status to answer with
     */
    int perform(ModelChain chain, boolean discard) throws IOException {
        long length = chain.readableLength() - BlockRequest.HEADER_BYTES;
        if (length == 0 || length % RANGE_BYTES != 0) {
            return BlockRequest.IOERR;
        }
        if (length / RANGE_BYTES > BlockConfig.MOST_RANGES) {
            return BlockRequest.IOERR;
        }
        byte[] copy = new byte[(int) length];
        chain.read(BlockRequest.HEADER_BYTES, copy, copy.length);
        ByteBuffer ranges = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < copy.length; at += RANGE_BYTES) {
            int verdict = check(ranges, at, discard);
            if (verdict != BlockRequest.OK) {
                return verdict;
            }
        }
        for (int at = 0; at < copy.length; at += RANGE_BYTES) {
            apply(ranges.getLong(at), sectors(ranges, at), discard);
        }
        return BlockRequest.OK;
    }

    private int check(ByteBuffer ranges, int at, boolean discard) {
        int flags = ranges.getInt(at + 12);
        // Unmap means nothing in a discard, and other bits nothing at all (section 5.2.6.2).
        if ((flags & ~(discard ? 0 : UNMAP)) != 0) {
            return BlockRequest.UNSUPP;
        }
        long sectors = sectors(ranges, at);
        boolean inside =
                sectors <= BlockConfig.MOST_SECTORS
                        && BlockModel.isInside(
                                ranges.getLong(at),
                                sectors * BlockModel.SECTOR,
                                backing.length(),
                                blockSize);
        return inside ? BlockRequest.OK : BlockRequest.IOERR;
    }

    private void apply(long sector, long sectors, boolean discard) throws IOException {
        long position = sector * BlockModel.SECTOR;
        if (discard) {
            backing.discard(position, sectors * BlockModel.SECTOR);
        } else {
            backing.zero(position, sectors * BlockModel.SECTOR);
        }
    }

    private static long sectors(ByteBuffer ranges, int at) {
        return Integer.toUnsignedLong(ranges.getInt(at + 8));
    }
}
