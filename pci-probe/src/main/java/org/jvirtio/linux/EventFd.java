package org.jvirtio.linux;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.NativeMemory;

/**
 * A counter in the kernel that somebody else raises and one thread waits on (eventfd(2)): how
 * interrupts reach a process. Waiting allocates nothing.
 *
 * <p>One thread waits; any thread may signal.
 */
public final class EventFd implements DescriptorInterrupt, AutoCloseable {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Bytes: {@code struct pollfd} at 0, the counter at 8, {@code struct timespec} at 16. */
    private static final int COUNTER = PollFd.LENGTH;

    private static final int TIMEOUT = COUNTER + 8;

    /** What is added by signalling; read only, because any thread may signal. */
    private static final int ONE = TIMEOUT + Timespec.LENGTH;

    private final NativeMemory memory = NativeMemory.allocateFor(this, ONE + 8);
    private int fd;

    public EventFd() {
        this(made());
    }

    private EventFd(int fd) {
        this.fd = fd;
        memory.write32(PollFd.FD.offset(), fd);
        memory.write16(PollFd.EVENTS.offset(), PollFd.POLLIN);
        memory.write64(ONE, 1);
    }

    private static int made() {
        int fd = Libc.eventfd(Libc.EFD_NONBLOCK | Libc.EFD_CLOEXEC);
        if (fd < 0) {
            throw new EnvironmentException(
                    "making an event descriptor to receive an interrupt: "
                            + Errno.describe(fd)
                            + ". Close other functions, or raise the limit of open files"
                            + " (ulimit -n).");
        }
        return fd;
    }

    /**
     * Takes over a descriptor that another process passed, and makes it one that never blocks.
     *
     * @return nothing, with the descriptor closed, if it is something else than an event descriptor
     */
    public static Optional<EventFd> adopt(Descriptor passed) {
        if (isEventFd(passed.fd()) && Libc.fcntl(passed.fd(), Libc.F_SETFL, Libc.O_NONBLOCK) >= 0) {
            return Optional.of(new EventFd(passed.release()));
        }
        passed.close();
        return Optional.empty();
    }

    static boolean isEventFd(int fd) {
        try {
            Path link = Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd));
            return link.toString().equals("anon_inode:[eventfd]");
        } catch (IOException e) {
            return false; // not open, or there is no /proc to ask
        }
    }

    /** What is handed to the kernel; -1 once closed. */
    @Override
    public int fd() {
        return fd;
    }

    /** Waits until the counter is not 0, then takes it back to 0. */
    @Override
    public boolean await(long nanos) {
        long limit = Math.max(nanos, 0);
        memory.write64(TIMEOUT + Timespec.SECONDS.offset(), limit / NANOS_PER_SECOND);
        memory.write64(TIMEOUT + Timespec.NANOSECONDS.offset(), limit % NANOS_PER_SECOND);
        try {
            int ready = Libc.ppoll(memory.address(), 1, memory.address() + TIMEOUT);
            // A signal to this thread looks like a spurious interrupt, which callers must bear.
            return Errno.EINTR.is(ready) || (ready > 0 && take() > 0);
        } finally {
            Reference.reachabilityFence(this); // The kernel writes to what is freed with this.
        }
    }

    /**
     * Adds one, as the kernel does for an interrupt. A counter that is full stays so: whoever waits
     * for it is awake.
     */
    public void signal() {
        try {
            long done = Libc.write(fd, memory.address() + ONE, 8);
            if (!Errno.EAGAIN.is(done)) {
                requireDone("raising", done);
            }
        } finally {
            Reference.reachabilityFence(this); // The kernel reads what is freed with this.
        }
    }

    /** How often it was raised since the last look; 0 if it was not. */
    public long take() {
        try {
            long got = Libc.read(fd, memory.address() + COUNTER, 8);
            if (Errno.EAGAIN.is(got)) {
                return 0;
            }
            requireDone("reading", got);
            return memory.read64(COUNTER);
        } finally {
            Reference.reachabilityFence(this); // The kernel writes to what is freed with this.
        }
    }

    @Override
    public void close() {
        if (fd >= 0) {
            Libc.close(fd);
            fd = -1;
        }
    }

    private void requireDone(String what, long result) {
        if (result != 8) {
            throw new IllegalStateException(
                    what + " event descriptor " + fd + ": " + Errno.describe(result));
        }
    }
}
