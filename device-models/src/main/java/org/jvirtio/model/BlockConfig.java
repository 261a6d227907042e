package org.jvirtio.model;

/**
 * The configuration of a block model (virtio 1.4 section 5.2.4). Fields of features that are not
 * offered read zero; only the cache mode can be written, and only with CONFIG_WCE.
 */
final class BlockConfig extends ModelConfig {

    /** Sectors of one range at most: 2 GiB. */
    static final int MOST_SECTORS = 1 << 22;

    static final int MOST_RANGES = 16;

    private static final int PHYSICAL_BLOCK = 4096;

    private boolean cacheWritable;
    private boolean writeBack = true;

    BlockConfig(BlockOptions options) {
        super(BlockField.LENGTH, BlockField.values());
        put(BlockField.SIZE_MAX, options.sizeMax());
        put(BlockField.SEG_MAX, options.segMax());
        put(BlockField.BLK_SIZE, options.blockSize());
        int perPhysical = Math.max(1, PHYSICAL_BLOCK / options.blockSize());
        put(BlockField.PHYSICAL_BLOCK_EXP, Integer.numberOfTrailingZeros(perPhysical));
        put(BlockField.MIN_IO_SIZE, perPhysical);
        put(BlockField.WRITEBACK, 1);
        put(BlockField.NUM_QUEUES, options.queues() > 1 ? options.queues() : 0);
        if (options.offersDiscard()) {
            putDiscard(options.blockSize() / BlockModel.SECTOR);
        }
    }

    private void putDiscard(int alignment) {
        put(BlockField.MAX_DISCARD_SECTORS, MOST_SECTORS);
        put(BlockField.MAX_DISCARD_SEG, MOST_RANGES);
        put(BlockField.DISCARD_SECTOR_ALIGNMENT, alignment);
        put(BlockField.MAX_WRITE_ZEROES_SECTORS, MOST_SECTORS);
        put(BlockField.MAX_WRITE_ZEROES_SEG, MOST_RANGES);
        put(BlockField.WRITE_ZEROES_MAY_UNMAP, 1);
    }

    void capacity(long sectors) {
        put(BlockField.CAPACITY, sectors);
    }

    /** Sets the cache mode; {@code writable} says whether the driver may change it. */
    void cache(boolean back, boolean writable) {
        writeBack = back;
        cacheWritable = writable;
        put(BlockField.WRITEBACK, back ? 1 : 0);
    }

    boolean isWriteBack() {
        return writeBack;
    }

    @Override
    protected boolean write(int offset, int width, int value) {
        boolean valid =
                cacheWritable
                        && offset == BlockField.WRITEBACK.offset()
                        && width == 1
                        && (value == 0 || value == 1);
        if (valid) {
            cache(value == 1, true);
        }
        return valid;
    }
}
