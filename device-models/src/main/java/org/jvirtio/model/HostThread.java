package org.jvirtio.model;

import org.jvirtio.linux.EventFd;

/**
 * The thread on which something of the host is read and written for a model, until it is closed.
 */
final class HostThread {

    private static final long CLOSE_MILLIS = 5_000;

    private final EventFd wake = new EventFd();
    private final Thread thread;
    private volatile boolean closed;

    /** Prepares the thread; {@code work} looks at {@link #isClosed} whenever it was woken. */
    HostThread(String name, Runnable work) {
        thread = new Thread(work, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isClosed() {
        return closed;
    }

    /** What ends its waits. */
    EventFd wake() {
        return wake;
    }

    /** Ends the thread, and then what it worked on: never under a call that still uses it. */
    void close(Runnable release) {
        closed = true;
        wake.signal();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            release.run();
            wake.close();
        }
    }
}
