package org.jvirtio.model;

import java.lang.ref.Reference;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.Libc;
import org.jvirtio.linux.PollFd;
import org.jvirtio.memory.NativeMemory;

/**
 * Connects a console port with whoever comes to a {@link LineEnd}.
 *
 * <pre>
 *   driver --transmit--> write(2), without waiting
 *          &lt;--receive--- the line's thread, which reads again once the driver took everything
 * </pre>
 *
 * <p>A host that does not read stops the driver, one that writes too fast is stopped itself: at
 * most one piece is kept here. What is sent while nobody is there is lost and counted.
 */
final class HostLine implements ConsoleBackend {

    private static final int PIECE = 4096;

    private final LineThread thread;
    private final NativeMemory outgoing = NativeMemory.allocateFor(this, PIECE);
    private final NativeMemory incoming = NativeMemory.allocateFor(this, PIECE);
    private final byte[] held = new byte[PIECE];
    private int heldCount;
    private Port port;
    private int line = LineThread.NOBODY;
    private long lost;
    private volatile boolean blocked;
    private volatile boolean waiting;

    HostLine(LineEnd end) {
        thread = new LineThread("console line", end, this::visit);
    }

    @Override
    public void connect(Port own) {
        port = own;
        thread.start();
    }

    @Override
    public synchronized int transmit(byte[] bytes, int count) {
        int length = Math.min(count, PIECE);
        if (line == LineThread.NOBODY) {
            lost += length;
            return length;
        }
        long done = write(bytes, length);
        if (done > 0) {
            return (int) done;
        }
        if (Errno.EAGAIN.is(done) || Errno.EINTR.is(done)) {
            blocked = true;
            thread.wake();
            return 0;
        }
        lost += length; // It has just left; the thread will see that, too.
        return length;
    }

    private long write(byte[] bytes, int length) {
        outgoing.copyFrom(0, bytes, 0, length);
        try {
            return Libc.write(line, outgoing.address(), length);
        } finally {
            Reference.reachabilityFence(this); // The kernel reads what is freed with this.
        }
    }

    @Override
    public void driverReady() {
        if (waiting) {
            thread.wake();
        }
    }

    @Override
    public synchronized long lostBytes() {
        return lost;
    }

    @Override
    public void close() {
        thread.close();
    }

    private void visit(int fd) {
        line(fd);
        port.hostOpen(true);
        carry(fd);
        line(LineThread.NOBODY);
        port.hostOpen(false);
        port.transmitOn(); // What waited for room is lost now.
    }

    private synchronized void line(int fd) {
        line = fd;
        blocked = false;
    }

    /** Until the other side leaves, and everything that it wrote before is delivered. */
    private void carry(int fd) {
        while (!thread.isClosed()) {
            int wanted = (heldCount == 0 ? PollFd.POLLIN : 0) | (blocked ? PollFd.POLLOUT : 0);
            // Whoever has left is noticed by reading, so not before the driver took what is held.
            int seen = thread.await(wanted == 0 ? LineThread.NOBODY : fd, wanted);
            if (blocked && (seen & ~PollFd.POLLIN) != 0) {
                blocked = false;
                port.transmitOn();
            }
            boolean readable = heldCount == 0 && (seen & ~PollFd.POLLOUT) != 0;
            if (readable && !read(fd)) {
                return;
            }
            deliver();
        }
    }

    /** False at the end. */
    private boolean read(int fd) {
        try {
            long got = Libc.read(fd, incoming.address(), PIECE);
            if (got > 0) {
                incoming.copyTo(0, held, 0, (int) got);
                heldCount = (int) got;
            }
            return LineThread.isThere(got);
        } finally {
            Reference.reachabilityFence(this); // The kernel writes to what is freed with this.
        }
    }

    private void deliver() {
        if (heldCount == 0) {
            return;
        }
        waiting = true; // Before the look: buffers that come after it wake us.
        int taken = port.receive(held, heldCount);
        heldCount -= taken;
        System.arraycopy(held, taken, held, 0, heldCount);
        waiting = heldCount > 0;
    }
}
