package org.jvirtio.linux;

import java.lang.ref.Reference;
import org.jvirtio.memory.NativeMemory;

/**
 * A wait of one thread for an open file, which other threads end by signalling (ppoll(2)).
 * Allocates nothing.
 */
public final class WakingPoll {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int TIMEOUT = 2 * PollFd.LENGTH;

    private final EventFd wake;
    private final NativeMemory memory = NativeMemory.allocateFor(this, TIMEOUT + Timespec.LENGTH);

    /** Describes a wait that signals of {@code wake} end. */
    public WakingPoll(EventFd wake) {
        this.wake = wake;
        memory.write32(PollFd.LENGTH + PollFd.FD.offset(), wake.fd());
        memory.write16(PollFd.LENGTH + PollFd.EVENTS.offset(), PollFd.POLLIN);
    }

    /**
     * Waits for one of {@code events}, a signal, or the end of the time.
     *
     * @param fd an open file, or -1 for none
     * @return the {@code POLL} flags of the file, {@link PollFd#POLLHUP} among them whether asked
     *     for or not; 0 if it has none to report
     */
    public int await(int fd, int events, long nanos) {
        memory.write32(PollFd.FD.offset(), fd);
        memory.write16(PollFd.EVENTS.offset(), events);
        memory.write16(PollFd.REVENTS.offset(), 0);
        memory.write64(TIMEOUT + Timespec.SECONDS.offset(), nanos / NANOS_PER_SECOND);
        memory.write64(TIMEOUT + Timespec.NANOSECONDS.offset(), nanos % NANOS_PER_SECOND);
        try {
            int ready = Libc.ppoll(memory.address(), 2, memory.address() + TIMEOUT);
            wake.take();
            return ready > 0 ? memory.read16(PollFd.REVENTS.offset()) : 0;
        } finally {
            Reference.reachabilityFence(this); // The kernel writes to what is freed with this.
        }
    }
}
