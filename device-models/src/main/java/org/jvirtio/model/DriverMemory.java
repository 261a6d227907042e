package org.jvirtio.model;

import org.jvirtio.memory.NativeMemory;

/**
 * A driver's memory as its device reaches it: by device addresses, of which each range is mapped in
 * this process or is not. An address outside is an answer and never a crash.
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

    /** What it is, for messages: {@code emulated guest-physical memory}. */
    String description();
}
