package org.jvirtio.model;

import org.jvirtio.memory.NativeMemory;

/**
 * A driver's memory as its device reaches it: by device addresses, of which each range is mapped in
 * this process, can only be copied, or is not there. An address outside is an answer and never a
 * crash.
 *
 * <p>Asked under the function's lock, for every buffer; what it gives is used until the lock is
 * given back.
 */
public interface DriverMemory {

    /**
     * The memory behind a range of device addresses.
     *
     * @param length bytes
     * @return null if any byte of the range is not mapped; one range is never put together from two
     *     regions
     */
    NativeMemory find(long address, long length);

    /** True if a range is there that {@link #find} does not give: it is copied, piece by piece. */
    default boolean isCopied(long address, long length) {
        return false;
    }

    /**
     * Copies from the driver. One after the other: whatever the driver wrote before something that
     * one call sees, the next call sees.
     *
     * @return false if a byte of the range is not there, or may not be read
     */
    default boolean read(long address, byte[] target, int at, int count) {
        NativeMemory found = find(address, count);
        if (found != null) {
            found.copyTo(0, target, at, count);
        }
        return found != null;
    }

    /**
     * Copies to the driver, which sees the bytes of one call before those of the next.
     *
     * @return false if a byte of the range is not there, or may not be written
     */
    default boolean write(long address, byte[] source, int at, int count) {
        NativeMemory found = find(address, count);
        if (found != null) {
            found.copyFrom(0, source, at, count);
        }
        return found != null;
    }

    /** What it is, for messages: {@code emulated guest-physical memory}. */
    String description();
}
