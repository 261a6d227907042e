package org.jvirtio.learn.exercise;

/** Lesson 10: what a driver believes of a used ring that a device has written. */
public interface UsedGuard {

    /** What is returned for what no device may say: the driver gives this device up. */
    long REFUSED = -1;

    /**
     * How many used elements are new.
     *
     * @param usedIdx as the device wrote it, 0 to 65535
     * @param taken how many the driver has taken, modulo 65536
     * @param inFlight how many chains the device has
     */
    long newElements(int usedIdx, int taken, int inFlight);

    /**
     * How many bytes of a buffer the driver hands out for one used element.
     *
     * @param id as the device wrote it, 0 to 2^32 - 1
     * @param length as the device wrote it, 0 to 2^32 - 1
     * @param writable for each head how many bytes the device may write; -1 if that chain is not in
     *     flight. A head that was answered is to be set to -1.
     */
    long bytes(long id, long length, long[] writable);
}
