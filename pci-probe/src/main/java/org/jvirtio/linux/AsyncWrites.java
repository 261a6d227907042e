package org.jvirtio.linux;

import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.NativeMemory;

/**
 * Asynchronous writes of nothing to nowhere, of which all that matters is that they end: the kernel
 * raises an event descriptor for it (io_submit(2)). One for the process, which keeps it. Allocates
 * nothing; may be used from any thread.
 */
final class AsyncWrites {

    /** Ends that are taken away at once. */
    private static final int MOST = 128;

    /** Bytes of a {@code struct io_event}. */
    private static final int EVENT = 32;

    private static AsyncWrites only;

    private final Descriptor nowhere;
    private final long context;
    private final NativeMemory ends = NativeMemory.allocate(MOST * EVENT);

    private AsyncWrites(Descriptor nowhere, long context) {
        this.nowhere = nowhere;
        this.context = context;
    }

    /**
     * Those of this process.
     *
     * @throws EnvironmentException if there cannot be any
     */
    static synchronized AsyncWrites open() {
        if (only == null) {
            Descriptor nowhere =
                    Descriptor.open("/dev/null", Libc.O_WRONLY, "Mount a /dev that has it.");
            try {
                only = new AsyncWrites(nowhere, context());
            } catch (EnvironmentException e) {
                nowhere.close();
                throw e;
            }
        }
        return only;
    }

    private static long context() {
        try (NativeMemory context = NativeMemory.allocate(Long.BYTES)) {
            int done = Libc.ioSetup(MOST, context.address());
            if (done < 0) {
                throw new EnvironmentException(
                        "making a context for asynchronous writes: "
                                + Errno.describe(done)
                                + ". Use a kernel with CONFIG_AIO, allow io_setup(2) in this"
                                + " process's sandbox, or raise fs.aio-max-nr.");
            }
            return context.read64(0);
        }
    }

    /** Describes the write whose end raises a descriptor, in {@link IoCb#LENGTH} bytes of zeros. */
    void describe(NativeMemory write, int eventFd) {
        write.write16(IoCb.OPERATION.offset(), IoCb.WRITE);
        write.write32(IoCb.FD.offset(), nowhere.fd());
        write.write32(IoCb.FLAGS.offset(), IoCb.FLAG_EVENT);
        write.write32(IoCb.EVENT_FD.offset(), eventFd);
    }

    /**
     * Does a write, which has ended then.
     *
     * @param pointer address of a pointer to what was described
     * @return 1, or a negated error number
     */
    synchronized int submit(long pointer) {
        int done = Libc.ioSubmit(context, 1, pointer);
        if (Errno.EAGAIN.is(done)) { // The kernel has no room for more ends that nobody took.
            Libc.ioGetEvents(context, MOST, ends.address());
            done = Libc.ioSubmit(context, 1, pointer);
        }
        return done;
    }
}
