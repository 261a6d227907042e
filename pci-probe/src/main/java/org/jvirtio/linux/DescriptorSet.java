package org.jvirtio.linux;

import java.lang.ref.Reference;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Interrupt;
import org.jvirtio.InterruptSet;
import org.jvirtio.memory.NativeMemory;

/**
 * Descriptors that one thread sleeps on at once (epoll(7)).
 *
 * <p>Edge-triggered: each time one is raised ends one wait of every set that holds it, and nobody
 * has to take the counter of an {@link EventFd} back to 0. That saves a system call for each
 * interrupt, and is why two threads can share one vector: neither can take the other's wake-up
 * away.
 */
final class DescriptorSet implements InterruptSet {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** More at once would end no more waits; what is left over ends the next one. */
    private static final int MOST_EVENTS = 16;

    private final NativeMemory events =
            NativeMemory.allocateFor(this, MOST_EVENTS * EpollEvent.LENGTH);
    private final EventFd waker = new EventFd();
    private final Descriptor epoll;
    private boolean closed;

    DescriptorSet() {
        int fd = Libc.epollCreate1(Libc.EPOLL_CLOEXEC);
        if (fd < 0) {
            waker.close();
            throw refused("making a set of descriptors", fd);
        }
        epoll = new Descriptor(fd, "a set of descriptors");
        add(waker);
    }

    @Override
    public boolean add(Interrupt interrupt) {
        if (!(interrupt.line() instanceof DescriptorInterrupt descriptor)) {
            return false;
        }
        require(descriptor.fd());
        if (descriptor.wakerFd() >= 0) {
            require(descriptor.wakerFd());
        }
        return true;
    }

    private void require(int fd) {
        int done = add(fd);
        if (done < 0 && !Errno.EEXIST.is(done)) {
            close();
            throw refused("adding descriptor " + fd + " to a set", done);
        }
    }

    private int add(int fd) {
        events.write32(EpollEvent.EVENTS.offset(), EpollEvent.EPOLLIN | EpollEvent.EPOLLET);
        try {
            return Libc.epollCtl(epoll.fd(), Libc.EPOLL_CTL_ADD, fd, events.address());
        } finally {
            Reference.reachabilityFence(this); // The kernel reads what is freed with this.
        }
    }

    @Override
    public boolean await(long nanos) {
        long millis = Math.max(0, nanos) / NANOS_PER_MILLI;
        long roundedUp = millis * NANOS_PER_MILLI < nanos ? millis + 1 : millis;
        int timeout = (int) Math.min(roundedUp, Integer.MAX_VALUE);
        int ready = poll(timeout);
        if (ready < 0 && !Errno.EINTR.is(ready)) {
            throw new IllegalStateException(
                    "waiting for a set of descriptors: "
                            + Errno.describe(ready)
                            + (closed ? ". It is closed." : "."));
        }
        return ready != 0;
    }

    private int poll(int timeout) {
        try {
            return Libc.epollWait(epoll.fd(), events.address(), MOST_EVENTS, timeout);
        } finally {
            Reference.reachabilityFence(this); // The kernel writes to what is freed with this.
        }
    }

    int wakerFd() {
        return waker.fd();
    }

    @Override
    public synchronized void wake() {
        if (!closed) {
            waker.signal();
        }
    }

    /**
     * Locked against {@link #wake}, which would otherwise write to whatever has the number next.
     */
    @Override
    public synchronized void close() {
        closed = true;
        epoll.close();
        waker.close();
    }

    private static EnvironmentException refused(String what, long error) {
        return new EnvironmentException(
                what
                        + ": "
                        + Errno.describe(error)
                        + ". Close other functions or loops, or raise the limits of open files"
                        + " (ulimit -n) and of epoll (fs.epoll.max_user_watches).");
    }
}
