package org.jvirtio.device;

import java.util.List;
import org.jvirtio.Feature;
import org.jvirtio.Register;

/**
 * Feature bits of a block device (virtio 1.4 section 5.2.3), with the configuration fields that
 * each brings.
 */
public enum BlockFeature implements Feature {
    /** Legacy only (section 5.2.3.1), and withdrawn: named so that it can be refused by name. */
    BARRIER(0),
    SIZE_MAX(1, BlockConfig.SIZE_MAX),
    SEG_MAX(2, BlockConfig.SEG_MAX),
    GEOMETRY(4, BlockConfig.CYLINDERS, BlockConfig.HEADS, BlockConfig.SECTORS),
    RO(5),
    BLK_SIZE(6, BlockConfig.BLK_SIZE),
    /** Legacy only (section 5.2.3.1): SCSI commands packed into requests. */
    SCSI(7),
    FLUSH(9),
    TOPOLOGY(
            10,
            BlockConfig.PHYSICAL_BLOCK_EXP,
            BlockConfig.ALIGNMENT_OFFSET,
            BlockConfig.MIN_IO_SIZE,
            BlockConfig.OPT_IO_SIZE),
    CONFIG_WCE(11, BlockConfig.WRITEBACK),
    MQ(12, BlockConfig.NUM_QUEUES),
    DISCARD(
            13,
            BlockConfig.MAX_DISCARD_SECTORS,
            BlockConfig.MAX_DISCARD_SEG,
            BlockConfig.DISCARD_SECTOR_ALIGNMENT),
    WRITE_ZEROES(
            14,
            BlockConfig.MAX_WRITE_ZEROES_SECTORS,
            BlockConfig.MAX_WRITE_ZEROES_SEG,
            BlockConfig.WRITE_ZEROES_MAY_UNMAP),
    LIFETIME(15),
    SECURE_ERASE(
            16,
            BlockConfig.MAX_SECURE_ERASE_SECTORS,
            BlockConfig.MAX_SECURE_ERASE_SEG,
            BlockConfig.SECURE_ERASE_SECTOR_ALIGNMENT),
    ZONED(17, BlockConfig.ZONE_SECTORS, BlockConfig.ZONED_MODEL);

    private final int bit;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is as immutable as it gets
    private final List<Register> fields;

    BlockFeature(int bit, Register... fields) {
        this.bit = bit;
        this.fields = List.of(fields);
    }

    @Override
    public int bit() {
        return bit;
    }

    @Override
    public List<Register> fields() {
        return fields;
    }
}
