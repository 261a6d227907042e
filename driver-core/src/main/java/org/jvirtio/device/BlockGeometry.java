package org.jvirtio.device;

import java.util.function.Supplier;
import org.jvirtio.DeviceConfig;
import org.jvirtio.FeatureSet;
import org.jvirtio.LayoutException;
import org.jvirtio.Registers;

/**
 * How large a disk is and what it is made of.
 *
 * @param capacitySectors sectors of 512 bytes, whatever the block size; 0 is an empty disk
 * @param blockSize bytes; requests are multiples of it
 * @param physicalBlockSize bytes; writes of this size need no read first
 * @param alignmentOffset blocks before the first physical block boundary
 * @param minimumIoBlocks the shortest request that is efficient; 0 if not told
 * @param optimalIoBlocks the length of request that is best; 0 if not told
 */
public record BlockGeometry(
        long capacitySectors,
        int blockSize,
        long physicalBlockSize,
        int alignmentOffset,
        int minimumIoBlocks,
        long optimalIoBlocks) {

    /** The unit of every sector number and of the capacity (section 5.2.6). */
    public static final int SECTOR_BYTES = 512;

    private static final int MAX_BLOCK_BYTES = 4096;
    private static final int MAX_PHYSICAL_BLOCK_EXP = 16;

    public BlockGeometry {
        if (capacitySectors < 0 || capacitySectors > Long.MAX_VALUE / SECTOR_BYTES) {
            throw new LayoutException(
                    String.format(
                            "reading the capacity of a disk: 0x%x sectors are more bytes than 63"
                                    + " bits count. Mend the device model.",
                            capacitySectors));
        }
        if (blockSize < SECTOR_BYTES
                || blockSize > MAX_BLOCK_BYTES
                || Integer.bitCount(blockSize) != 1) {
            throw new LayoutException(
                    String.format(
                            "reading the block size of a disk: %d bytes; it is a power of two from"
                                    + " 512 to 4096. Mend the device model, or do not accept"
                                    + " BLK_SIZE.",
                            blockSize & 0xffffffffL));
        }
    }

    /** Reads the configuration, all of it from one moment (section 2.5.1). */
    static BlockGeometry read(DeviceConfig config, FeatureSet accepted) {
        if (!config.has(BlockConfig.CAPACITY)) {
            throw new LayoutException(
                    "reading the capacity of a disk: the device configuration has "
                            + config.fields().length()
                            + " bytes, the capacity needs 8. Mend the device model.");
        }
        return config.consistent(new Reading(config.fields(), accepted)).geometry();
    }

    public long capacityBytes() {
        return capacitySectors * SECTOR_BYTES;
    }

    /** What the fields say. It is judged when it is all of one moment, and not before. */
    private record Said(
            long capacity,
            int blockSize,
            int physicalBlockExponent,
            int alignmentOffset,
            int minimumIoBlocks,
            long optimalIoBlocks) {

        BlockGeometry geometry() {
            // Advice only: nonsense is taken as no advice.
            int exponent =
                    physicalBlockExponent > MAX_PHYSICAL_BLOCK_EXP ? 0 : physicalBlockExponent;
            return new BlockGeometry(
                    capacity,
                    blockSize,
                    (long) blockSize << exponent,
                    alignmentOffset,
                    minimumIoBlocks,
                    optimalIoBlocks);
        }
    }

    private record Reading(Registers fields, FeatureSet accepted) implements Supplier<Said> {

        @Override
        public Said get() {
            long capacity = fields.read64(BlockConfig.CAPACITY);
            int blockSize =
                    accepted.has(BlockFeature.BLK_SIZE)
                            ? fields.read(BlockConfig.BLK_SIZE)
                            : SECTOR_BYTES;
            if (!accepted.has(BlockFeature.TOPOLOGY)) {
                return new Said(capacity, blockSize, 0, 0, 0, 0);
            }
            return new Said(
                    capacity,
                    blockSize,
                    fields.read(BlockConfig.PHYSICAL_BLOCK_EXP),
                    fields.read(BlockConfig.ALIGNMENT_OFFSET),
                    fields.read(BlockConfig.MIN_IO_SIZE),
                    fields.read(BlockConfig.OPT_IO_SIZE) & 0xffffffffL);
        }
    }
}
