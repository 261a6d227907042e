package org.jvirtio.linux;

import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.NativeMemory;

/**
 * Memory that the kernel mapped for this process (mmap(2)), until it is closed. An access after
 * that ends the process: whoever closes a mapping has made sure that nobody uses it any more.
 */
public final class Mapping implements AutoCloseable {

    /** Bytes of an ordinary page on x86-64. */
    public static final long PAGE = 4096;

    private final NativeMemory memory;
    private boolean open = true;

    private Mapping(long address, long length) {
        memory = new NativeMemory(address, length);
    }

    /**
     * Maps a stretch of an open file for reading and writing, shared with everybody else.
     *
     * @param position in the file, a multiple of {@link #PAGE}
     * @param what named in the message if it fails
     */
    public static Mapping ofFile(int fd, long position, long length, String what) {
        long address =
                Libc.mmap(length, Libc.PROT_READ | Libc.PROT_WRITE, Libc.MAP_SHARED, fd, position);
        if (address < 0) {
            throw new EnvironmentException(
                    String.format(
                            "mapping 0x%x bytes of %s: %s. If another program or a kernel driver"
                                    + " holds the function, end that use first; if nothing does,"
                                    + " this BAR cannot be mapped on this machine.",
                            length, what, Errno.describe(address)));
        }
        return new Mapping(address, length);
    }

    /**
     * Maps zeroed memory with no file behind it, all of it present.
     *
     * @param flags more {@code MAP_} flags, for instance for huge pages
     * @return the mapping, or null if the kernel has no such memory
     */
    static Mapping ofMemory(long length, int flags) {
        long address =
                Libc.mmap(
                        length,
                        Libc.PROT_READ | Libc.PROT_WRITE,
                        Libc.MAP_PRIVATE | Libc.MAP_ANONYMOUS | Libc.MAP_POPULATE | flags,
                        -1,
                        0);
        return address < 0 ? null : new Mapping(address, length);
    }

    /** Maps zeroed ordinary pages, all of them present. */
    public static Mapping ofPages(long length) {
        Mapping mapping = ofMemory(length, 0);
        if (mapping == null) {
            throw new EnvironmentException(
                    "mapping "
                            + length
                            + " bytes of memory: the kernel has not that much. Give the machine"
                            + " more memory, or use smaller queues and buffers.");
        }
        return mapping;
    }

    public NativeMemory memory() {
        return memory;
    }

    /**
     * Lets go of the file and keeps the addresses: whoever still has a pointer reads zeros there,
     * and writes to nobody. For a file that must be given back now. What nobody touches takes no
     * memory, however long it is.
     */
    public void abandon() {
        long done =
                Libc.mmapAt(
                        memory.address(),
                        memory.length(),
                        Libc.PROT_READ | Libc.PROT_WRITE,
                        Libc.MAP_PRIVATE | Libc.MAP_ANONYMOUS | Libc.MAP_NORESERVE,
                        -1,
                        0);
        if (done < 0) {
            throw new EnvironmentException(
                    String.format(
                            "putting memory of nobody in the place of 0x%x bytes of a file: %s."
                                    + " Give the machine more memory.",
                            memory.length(), Errno.describe(done)));
        }
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            Libc.munmap(memory.address(), memory.length());
        }
    }
}
