package org.jvirtio.device;

import org.jvirtio.DeviceBrokenException;
import org.jvirtio.FeatureSet;
import org.jvirtio.RequestException;

/**
 * What may be asked of one disk (virtio 1.4 section 5.2.6.1): refuses a request before the device
 * sees it. The capacity can change while the disk runs; everything else is settled.
 */
final class BlockRules {

    private final FeatureSet accepted;
    private final BlockLimits limits;
    private final int blockSize;
    private final int requestBytes;
    private BlockGeometry geometry;

    BlockRules(FeatureSet accepted, BlockGeometry geometry, BlockLimits limits) {
        this.accepted = accepted;
        this.geometry = geometry;
        this.limits = limits;
        blockSize = geometry.blockSize();
        requestBytes = limits.requestBytes(blockSize);
    }

    BlockGeometry geometry() {
        return geometry;
    }

    /** Takes over what may change, the capacity: everything else was settled at the start. */
    void setGeometry(BlockGeometry now) {
        if (now.blockSize() != blockSize) {
            throw new DeviceBrokenException(
                    String.format(
                            "reading the geometry again: blocks had %d bytes and have %d now; only"
                                    + " the capacity of a running disk changes. Reset the device,"
                                    + " and report it.",
                            blockSize, now.blockSize()));
        }
        geometry = now;
    }

    /** The most bytes of one request. */
    int requestBytes() {
        return requestBytes;
    }

    BlockLimits limits() {
        return limits;
    }

    boolean has(BlockFeature feature) {
        return accepted.has(feature);
    }

    /** Of one request: whole blocks, not too many, all on the disk. */
    void requireTransfer(String doing, long sector, int length) {
        if (length > requestBytes) {
            throw new RequestException(
                    String.format(
                            "%s %d bytes in one request: this disk takes %d. Split the request.",
                            doing, length, requestBytes));
        }
        requireBlocks(doing, sector, length);
    }

    /** Of a transfer of any length: whole blocks, all on the disk. */
    void requireBlocks(String doing, long sector, int length) {
        // Powers of two both, and a division for each request is dear.
        int cut = length & (blockSize - 1);
        long beside = sector & (blockSize / BlockGeometry.SECTOR_BYTES - 1);
        if (length <= 0 || cut != 0 || beside != 0) {
            throw new RequestException(
                    String.format(
                            "%s %d bytes at sector %d: blocks of this disk are %d bytes. Ask for"
                                    + " whole blocks, or use BlockChannel.",
                            doing, length, sector, blockSize));
        }
        requireOnDisk(doing, sector, length / BlockGeometry.SECTOR_BYTES);
    }

    void requireOnDisk(String doing, long sector, long sectors) {
        long capacity = geometry.capacitySectors();
        if (sector < 0 || sectors < 0 || sectors > capacity || sector > capacity - sectors) {
            throw new RequestException(
                    String.format(
                            "%s %d sectors from sector %d: the disk has %d. Stay inside.",
                            doing, sectors, sector, capacity));
        }
    }

    void requireWritable(String doing) {
        if (has(BlockFeature.RO)) {
            throw new RequestException(
                    doing + " a disk: it is read-only (feature RO). Use one that is not.");
        }
    }

    void requireFlush() {
        if (!has(BlockFeature.FLUSH)) {
            throw notOffered("flushing", BlockFeature.FLUSH);
        }
    }

    void requireDiscard(long sector, long sectors) {
        requireWritable("discarding from");
        requireRange("discarding", BlockFeature.DISCARD, limits.discardSectors(), sector, sectors);
    }

    void requireWriteZeroes(long sector, long sectors) {
        requireWritable("zeroing");
        requireRange(
                "zeroing", BlockFeature.WRITE_ZEROES, limits.writeZeroesSectors(), sector, sectors);
    }

    private void requireRange(
            String doing, BlockFeature feature, long most, long sector, long sectors) {
        if (most == 0) {
            throw notOffered(doing, feature);
        }
        if (sectors < 1 || sectors > most) {
            throw new RequestException(
                    String.format(
                            "%s %d sectors in one request: this disk takes 1 to %d. Split the"
                                    + " request.",
                            doing, sectors, most));
        }
        requireOnDisk(doing, sector, sectors);
    }

    private RequestException notOffered(String doing, BlockFeature feature) {
        return new RequestException(
                String.format(
                        "%s: the disk %s. Do without, or give the device that feature.",
                        doing,
                        has(feature)
                                ? "offers " + feature + " with a limit of nothing"
                                : "does not offer " + feature));
    }
}
