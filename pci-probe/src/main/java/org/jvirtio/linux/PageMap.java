package org.jvirtio.linux;

import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.NativeMemory;

/**
 * Where a page of this process lies in physical memory (Linux {@code
 * Documentation/admin-guide/mm/pagemap.rst}): one 64-bit entry per virtual page,
 *
 * <pre>
 *   63        62       ...  54                          0
 *   present | swapped | ... | page frame number (0 unless privileged) |
 * </pre>
 */
public final class PageMap {

    private static final String FILE = "/proc/self/pagemap";
    private static final int ENTRY_BYTES = 8;
    private static final long PRESENT = 1L << 63;
    private static final long FRAME_NUMBER = (1L << 55) - 1;

    private static final NativeMemory ENTRY = NativeMemory.allocate(ENTRY_BYTES);

    private PageMap() {}

    /**
     * Finds the physical address of a page that is present and will not move.
     *
     * @param pageLength bytes; the address is checked to be a multiple of it
     */
    public static long physicalAddress(long virtualAddress, long pageLength) {
        long physical = frameNumber(entry(virtualAddress)) * Mapping.PAGE;
        if ((physical & pageLength - 1) != 0) {
            throw new EnvironmentException(
                    String.format(
                            "looking up the physical address of a page of 0x%x bytes: 0x%x is no"
                                    + " multiple of that. Use a kernel with 2 MiB huge pages.",
                            pageLength, physical));
        }
        return physical;
    }

    static long frameNumber(long entry) {
        if ((entry & PRESENT) == 0) {
            throw new EnvironmentException(
                    String.format(
                            "looking up a physical address: the entry 0x%016x in %s says that the"
                                    + " page is not present. Free memory on this machine.",
                            entry, FILE));
        }
        if ((entry & FRAME_NUMBER) == 0) {
            throw new EnvironmentException(
                    "looking up a physical address: the kernel shows page frame number 0, which"
                            + " it does to processes without the right CAP_SYS_ADMIN. Run as"
                            + " root.");
        }
        return entry & FRAME_NUMBER;
    }

    private static synchronized long entry(long virtualAddress) {
        int fd = Libc.open(FILE, Libc.O_RDONLY | Libc.O_CLOEXEC);
        if (fd < 0) {
            throw unreadable(fd);
        }
        long position = Long.divideUnsigned(virtualAddress, Mapping.PAGE) * ENTRY_BYTES;
        long got = Libc.pread(fd, ENTRY.address(), ENTRY_BYTES, position);
        Libc.close(fd);
        if (got != ENTRY_BYTES) {
            throw unreadable(got);
        }
        return ENTRY.read64(0);
    }

    private static EnvironmentException unreadable(long result) {
        return new EnvironmentException(
                "looking up a physical address in "
                        + FILE
                        + ": "
                        + Errno.describe(result)
                        + ". Mount /proc, and run as root.");
    }
}
