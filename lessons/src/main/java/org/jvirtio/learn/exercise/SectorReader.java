package org.jvirtio.learn.exercise;

/** Lesson 6: what a block driver writes, and what it makes of the answer. */
public interface SectorReader {

    /** What a caller is told. */
    enum Outcome {
        DONE,
        FAILED,
        UNSUPPORTED,
        /** The device answered what it must not: the data is not to be used. */
        NONSENSE
    }

    /** The 16 bytes before the data: type (4), reserved (4), sector (8), little-endian. */
    byte[] header(int type, long sector);

    /** Whether {@code count} sectors from {@code sector} on are on a disk of {@code capacity}. */
    boolean inside(long sector, long count, long capacity);

    /**
     * What came of a read.
     *
     * @param status the last byte of the chain; the driver wrote 0xff there beforehand
     * @param usedLength bytes the device says it wrote, the status included
     * @param dataLength bytes of data that were asked for
     */
    Outcome outcome(int status, long usedLength, int dataLength);

    /** The first sector of the first partition; -1 if the sector has no partition table. */
    long firstPartition(byte[] sector);
}
