package org.jvirtio.vfio;

import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.Errno;
import org.jvirtio.memory.NativeMemory;

/** Which memory lies at which address, as the device of a function sees it. */
interface AddressSpace {

    /** The addresses at which memory may lie. */
    IovaRanges ranges();

    /**
     * Pins memory and lets the device reach it at {@code iova}.
     *
     * @throws EnvironmentException if it cannot lie there, and why
     */
    void map(NativeMemory memory, long iova);

    /** Takes memory from the device again: exactly what one {@link #map} gave it. */
    void unmap(long iova, long length);

    /** What to say of a map that the kernel refused with {@code result}. */
    static EnvironmentException cannotMap(NativeMemory memory, long iova, int result) {
        return new EnvironmentException(
                String.format(
                        "mapping 0x%x bytes for DMA at I/O address 0x%x: %s. %s",
                        memory.length(),
                        iova,
                        Errno.describe(result),
                        Errno.ENOMEM.is(result)
                                ? "Raise the limit of locked memory (ulimit -l), or run as root."
                                : "The kernel log (dmesg) may say why."));
    }
}
