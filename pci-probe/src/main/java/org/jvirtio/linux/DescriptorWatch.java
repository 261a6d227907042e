package org.jvirtio.linux;

import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.NativeMemory;

/**
 * Descriptors of any kind that one thread waits on at once until one of them can be read
 * (epoll(7)). Waiting allocates nothing. For one thread.
 */
public final class DescriptorWatch implements AutoCloseable {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int MOST_AT_ONCE = 64;

    private final NativeMemory events = NativeMemory.allocate(MOST_AT_ONCE * EpollEvent.LENGTH);

    /** Apart from those that were waited for: more may be watched while they are looked at. */
    private final NativeMemory added = NativeMemory.allocate(EpollEvent.LENGTH);

    private final Descriptor epoll;

    public DescriptorWatch() {
        epoll = new Descriptor(required(Libc.epollCreate1(Libc.EPOLL_CLOEXEC)), "a watch");
    }

    /**
     * Watches a descriptor as well.
     *
     * @param tag what {@link #tag} gives when it can be read
     */
    public void add(int fd, int tag) {
        add(fd, tag, EpollEvent.EPOLLIN);
    }

    /**
     * Watches an event descriptor as well, of which each time that it is raised ends a wait. Nobody
     * takes its counter back to 0 for that: a read that another process empties it before would
     * wait, since {@code O_NONBLOCK} is that process's, too.
     */
    public void addRaised(int fd, int tag) {
        add(fd, tag, EpollEvent.EPOLLIN | EpollEvent.EPOLLET);
    }

    private void add(int fd, int tag, int kinds) {
        added.write32(EpollEvent.EVENTS.offset(), kinds);
        added.write32(EpollEvent.DATA.offset(), tag);
        required(Libc.epollCtl(epoll.fd(), Libc.EPOLL_CTL_ADD, fd, added.address()));
    }

    /** Watches a descriptor no more. Closing it is not enough if another process has it as well. */
    public void remove(int fd) {
        required(Libc.epollCtl(epoll.fd(), Libc.EPOLL_CTL_DEL, fd, added.address()));
    }

    /**
     * Waits until some can be read.
     *
     * @param nanos the longest wait; negative: for ever
     * @return how many {@link #tag}s there are; 0 if the time passed
     */
    public int await(long nanos) {
        long millis = nanos < 0 ? -1 : (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
        int timeout = (int) Math.min(millis, Integer.MAX_VALUE);
        int ready = Libc.epollWait(epoll.fd(), events.address(), MOST_AT_ONCE, timeout);
        return Errno.EINTR.is(ready) ? 0 : required(ready);
    }

    /** Which descriptor it is; {@code index} is below what {@link #await} returned. */
    public int tag(int index) {
        return events.read32((long) index * EpollEvent.LENGTH + EpollEvent.DATA.offset());
    }

    @Override
    public void close() {
        epoll.close();
        events.close();
        added.close();
    }

    private static int required(int result) {
        if (result < 0) {
            throw new EnvironmentException(
                    "watching descriptors: "
                            + Errno.describe(result)
                            + ". Raise the limits of open files (ulimit -n) and of epoll"
                            + " (fs.epoll.max_user_watches).");
        }
        return result;
    }
}
