package org.jvirtio.model;

import java.util.function.IntConsumer;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.WakingPoll;

/** Serves whoever comes to a {@link LineEnd}, one after the other, on a thread of its own. */
final class LineThread {

    /** Where an open file is expected, and nobody is there. */
    static final int NOBODY = -1;

    private static final long PAUSE_NANOS = 20_000_000;
    private static final long LONG_NANOS = 1_000_000_000;

    private final LineEnd end;
    private final IntConsumer visit;
    private final HostThread thread;
    private final WakingPoll poll;

    /** Prepares it; {@code visit} takes an open file, and returns once its visitor is to go. */
    LineThread(String name, LineEnd end, IntConsumer visit) {
        this.end = end;
        this.visit = visit;
        thread = new HostThread(name, this::work);
        poll = new WakingPoll(thread.wake());
    }

    void start() {
        thread.start();
    }

    boolean isClosed() {
        return thread.isClosed();
    }

    /** Ends the wait that this thread is in, or else its next one. */
    void wake() {
        thread.wake().signal();
    }

    /** Waits on this thread, as {@link WakingPoll#await} does. */
    int await(int fd, int events) {
        return poll.await(fd, events, LONG_NANOS);
    }

    /** What read(2) gave says that the visitor is still there. */
    static boolean isThere(long got) {
        return got > 0 || Errno.EAGAIN.is(got) || Errno.EINTR.is(got);
    }

    void close() {
        thread.close(end::close);
    }

    private void work() {
        while (!thread.isClosed()) {
            int fd = end.connected();
            if (fd < 0) {
                thread.wake().await(PAUSE_NANOS);
            } else {
                visit.accept(fd);
                end.hangUp();
            }
        }
    }
}
