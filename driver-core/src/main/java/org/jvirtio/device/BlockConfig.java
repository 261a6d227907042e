package org.jvirtio.device;

import org.jvirtio.Register;

/** The configuration of a block device (virtio 1.4 section 5.2.4). */
public enum BlockConfig implements Register {
    /** In sectors of 512 bytes, whatever the block size is. */
    CAPACITY(0, 8),
    SIZE_MAX(8, 4),
    SEG_MAX(12, 4),
    CYLINDERS(16, 2),
    HEADS(18, 1),
    SECTORS(19, 1),
    BLK_SIZE(20, 4),
    PHYSICAL_BLOCK_EXP(24, 1),
    ALIGNMENT_OFFSET(25, 1),
    MIN_IO_SIZE(26, 2),
    OPT_IO_SIZE(28, 4),
    WRITEBACK(32, 1),
    NUM_QUEUES(34, 2),
    MAX_DISCARD_SECTORS(36, 4),
    MAX_DISCARD_SEG(40, 4),
    DISCARD_SECTOR_ALIGNMENT(44, 4),
    MAX_WRITE_ZEROES_SECTORS(48, 4),
    MAX_WRITE_ZEROES_SEG(52, 4),
    WRITE_ZEROES_MAY_UNMAP(56, 1),
    MAX_SECURE_ERASE_SECTORS(60, 4),
    MAX_SECURE_ERASE_SEG(64, 4),
    SECURE_ERASE_SECTOR_ALIGNMENT(68, 4),
    ZONE_SECTORS(72, 4),
    MAX_OPEN_ZONES(76, 4),
    MAX_ACTIVE_ZONES(80, 4),
    MAX_APPEND_SECTORS(84, 4),
    WRITE_GRANULARITY(88, 4),
    ZONED_MODEL(92, 1);

    private final int offset;
    private final int width;

    BlockConfig(int offset, int width) {
        this.offset = offset;
        this.width = width;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public String source() {
        return "virtio 1.4 section 5.2.4";
    }
}
