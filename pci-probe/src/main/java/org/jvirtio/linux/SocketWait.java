package org.jvirtio.linux;

import java.lang.ref.Reference;
import org.jvirtio.memory.NativeMemory;

/** A wait for one socket to become ready (ppoll(2)), of one thread; allocates nothing. */
public final class SocketWait {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int TIMEOUT = PollFd.LENGTH;

    private final Descriptor descriptor;
    private final NativeMemory memory = NativeMemory.allocateFor(this, TIMEOUT + Timespec.LENGTH);

    /**
     * Describes a wait.
     *
     * @param events {@code POLL} flags; an end or an error of the socket ends it, too
     */
    SocketWait(Descriptor descriptor, int events) {
        this.descriptor = descriptor;
        memory.write16(PollFd.EVENTS.offset(), events);
    }

    /** Waits until there is something, an end included; false if the time passed. */
    public boolean await(long nanos) {
        return until(System.nanoTime() + nanos);
    }

    /** Waits; false if the deadline passed. A socket that is closed is ready: its calls fail. */
    boolean until(long deadline) {
        memory.write32(PollFd.FD.offset(), descriptor.fd());
        while (true) {
            long left = deadline - System.nanoTime();
            long nanos = Math.max(left, 0);
            memory.write64(TIMEOUT + Timespec.SECONDS.offset(), nanos / NANOS_PER_SECOND);
            memory.write64(TIMEOUT + Timespec.NANOSECONDS.offset(), nanos % NANOS_PER_SECOND);
            int ready = poll();
            if (ready != 0 && !Errno.EINTR.is(ready)) {
                return true;
            }
            if (left <= 0) {
                return false;
            }
        }
    }

    private int poll() {
        try {
            return Libc.ppoll(memory.address(), 1, memory.address() + TIMEOUT);
        } finally {
            Reference.reachabilityFence(this); // The kernel writes to what is freed with this.
        }
    }
}
