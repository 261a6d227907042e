package org.jvirtio.device;

import java.util.function.Supplier;
import org.jvirtio.DeviceConfig;
import org.jvirtio.FeatureSet;
import org.jvirtio.LayoutException;
import org.jvirtio.Registers;

/**
 * How large a request may be: what the device permits, cut to what this driver ever does.
 *
 * @param segmentBytes the most bytes of one data buffer
 * @param segments the most data buffers of one request
 * @param discardSectors the most sectors of one discard; 0 if there is no discard
 * @param writeZeroesSectors the most sectors of one write-zeroes; 0 if there is none
 */
public record BlockLimits(
        int segmentBytes, int segments, long discardSectors, long writeZeroesSectors) {

    /** Header and status have descriptors of their own, always. */
    static final int DESCRIPTORS_BESIDE_DATA = 2;

    /** More would only make the tables longer; segments are contiguous and can be large. */
    static final int MAX_SEGMENTS = 16;

    private static final int MAX_SEGMENT_BYTES = 1 << 26;

    /**
     * Reads the configuration, all of it from one moment (section 2.5.1); a limit that the device
     * does not tell of is ours.
     */
    static BlockLimits read(
            DeviceConfig config, FeatureSet accepted, int blockSize, int smallestQueue) {
        int room = Math.min(MAX_SEGMENTS, smallestQueue - DESCRIPTORS_BESIDE_DATA);
        BlockLimits limits = config.consistent(new Reading(config.fields(), accepted, room));
        limits.requireRoomFor(blockSize);
        return limits;
    }

    private void requireRoomFor(int blockSize) {
        if ((long) segmentBytes * segments < blockSize) {
            throw new LayoutException(
                    String.format(
                            "reading the limits of a disk: %d data buffers of at most %d bytes do"
                                    + " not hold one block of %d. Mend the device model (SIZE_MAX,"
                                    + " SEG_MAX, and a queue of at least 4 entries).",
                            segments, segmentBytes, blockSize));
        }
    }

    /** The most bytes of one read or write: whole blocks. */
    public int requestBytes(int blockSize) {
        long most = (long) segmentBytes * segments;
        return (int) Math.min(most, MAX_SEGMENT_BYTES) & -blockSize;
    }

    private record Reading(Registers fields, FeatureSet accepted, int room)
            implements Supplier<BlockLimits> {

        @Override
        public BlockLimits get() {
            long segmentBytes = MAX_SEGMENT_BYTES;
            if (accepted.has(BlockFeature.SIZE_MAX)) {
                segmentBytes = unsigned(BlockConfig.SIZE_MAX);
            }
            long segments = 1; // what a device without SEG_MAX can be trusted with
            if (accepted.has(BlockFeature.SEG_MAX)) {
                segments = unsigned(BlockConfig.SEG_MAX);
            }
            return new BlockLimits(
                    (int) Math.min(segmentBytes, MAX_SEGMENT_BYTES),
                    (int) Math.min(segments, room),
                    accepted.has(BlockFeature.DISCARD) ? discardSectors() : 0,
                    accepted.has(BlockFeature.WRITE_ZEROES) ? writeZeroesSectors() : 0);
        }

        /** A device that permits no segment permits no discard, whatever it offers. */
        private long discardSectors() {
            boolean none = fields.read(BlockConfig.MAX_DISCARD_SEG) == 0;
            return none ? 0 : unsigned(BlockConfig.MAX_DISCARD_SECTORS);
        }

        private long writeZeroesSectors() {
            boolean none = fields.read(BlockConfig.MAX_WRITE_ZEROES_SEG) == 0;
            return none ? 0 : unsigned(BlockConfig.MAX_WRITE_ZEROES_SECTORS);
        }

        private long unsigned(BlockConfig field) {
            return fields.read(field) & 0xffffffffL;
        }
    }
}
