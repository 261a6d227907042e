package org.jvirtio.linux;

import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.NativeMemory;

/**
 * Memory with a descriptor (memfd_create(2)), which another process can be given to map it, too. It
 * is sealed: whoever gets it cannot make it shorter, after which an access of ours would be a
 * fault.
 */
public final class MemoryFile implements AutoCloseable {

    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int SEALS = Libc.F_SEAL_SHRINK | Libc.F_SEAL_GROW | Libc.F_SEAL_SEAL;
    private static final NativeCall MEMFD_CREATE = new NativeCall("memfd_create");

    private final Descriptor descriptor;
    private final Mapping mapping;

    private MemoryFile(Descriptor descriptor, long length) {
        this.descriptor = descriptor;
        mapping = Mapping.ofFile(descriptor.fd(), 0, length, "shared memory");
    }

    /**
     * Makes zeroed memory, and maps it.
     *
     * @param length bytes, a multiple of {@link Mapping#PAGE}
     * @throws EnvironmentException if there is not that much
     */
    public static MemoryFile create(long length) {
        try (NativeMemory name = NativeMemory.allocate(8)) {
            name.copyFrom(0, new byte[] {'j', 'v', 'i', 'r', 't', 'i', 'o', 0}, 0, 8);
            int fd = (int) MEMFD_CREATE.call(name.address(), MFD_CLOEXEC | MFD_ALLOW_SEALING);
            requireDone(length, fd);
            Descriptor descriptor = new Descriptor(fd, "shared memory");
            try {
                requireDone(length, Libc.ftruncate(fd, length));
                requireDone(length, Libc.fcntl(fd, Libc.F_ADD_SEALS, SEALS));
                return new MemoryFile(descriptor, length);
            } catch (EnvironmentException e) {
                descriptor.close();
                throw e;
            }
        }
    }

    private static void requireDone(long length, int result) {
        if (result < 0) {
            throw new EnvironmentException(
                    String.format(
                            "making 0x%x bytes of shared memory: %s. Use smaller queues and"
                                    + " buffers, or raise the limits of memory and of open files"
                                    + " (ulimit -n).",
                            length, Errno.describe(result)));
        }
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    public NativeMemory memory() {
        return mapping.memory();
    }

    /** Frees it here; another process that maps it keeps what it has. */
    @Override
    public void close() {
        mapping.close();
        descriptor.close();
    }
}
