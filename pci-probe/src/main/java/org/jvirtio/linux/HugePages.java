package org.jvirtio.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jvirtio.EnvironmentException;

/**
 * Pages of 2 MiB whose guest-physical address is known and stays: memory for devices that take
 * every address for a guest-physical one, and for tables of more than one ordinary page.
 *
 * <p>Huge pages are never swapped or moved by the kernel on its own, so they need no locking. The
 * pool grows by a page when it is empty, if this process may do so.
 */
public final class HugePages {

    /** Bytes of one page. */
    public static final long LENGTH = 2L << 20;

    private static final Path POOL = Path.of("/proc/sys/vm/nr_hugepages");

    private HugePages() {}

    /**
     * One page, zeroed and present.
     *
     * @param physicalAddress of its first byte
     */
    public record HugePage(Mapping mapping, long physicalAddress) implements AutoCloseable {
        @Override
        public void close() {
            mapping.close();
        }
    }

    /**
     * Allocates one page.
     *
     * @throws EnvironmentException if there is none, or if its physical address is kept from us
     */
    public static HugePage allocate() {
        Mapping mapping = map();
        if (mapping == null) {
            grow();
            mapping = map();
        }
        if (mapping == null) {
            throw new EnvironmentException(
                    "allocating a 2 MiB page: the pool grew, but the kernel found no contiguous"
                            + " memory for it. Reserve pages right after boot: hugepages=64 on"
                            + " the kernel command line.");
        }
        try {
            return new HugePage(
                    mapping, PageMap.physicalAddress(mapping.memory().address(), LENGTH));
        } catch (EnvironmentException e) {
            mapping.close();
            throw e;
        }
    }

    private static Mapping map() {
        return Mapping.ofMemory(LENGTH, Libc.MAP_HUGETLB | Libc.MAP_HUGE_2MB);
    }

    private static void grow() {
        try {
            int pages = Integer.parseInt(Files.readString(POOL).trim());
            Files.writeString(POOL, Integer.toString(pages + 1));
        } catch (IOException e) {
            throw new EnvironmentException(
                    "allocating a 2 MiB page: none is free, and the pool cannot be enlarged ("
                            + e
                            + "). As root: echo 64 > "
                            + POOL,
                    e);
        }
    }
}
