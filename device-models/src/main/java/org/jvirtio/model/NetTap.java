package org.jvirtio.model;

import org.jvirtio.linux.EventFd;
import org.jvirtio.linux.Libc;
import org.jvirtio.linux.PollFd;
import org.jvirtio.linux.Tap;
import org.jvirtio.linux.WakingPoll;
import org.jvirtio.memory.NativeMemory;

/** Connects a network model with a tap interface of this machine: a frame per read and write. */
final class NetTap implements NetBackend {

    private static final int MOST_BYTES = 1 << 17;
    private static final long LONG_NANOS = 1_000_000_000;
    private static final long CLOSE_MILLIS = 5000;

    private final Tap tap;
    private final EventFd wake = new EventFd();
    private final NativeMemory incoming = NativeMemory.allocate(MOST_BYTES);
    private final NativeMemory outgoing = NativeMemory.allocate(MOST_BYTES);
    private final Thread thread = new Thread(this::work, "net tap");
    private Port port;
    private long lost;
    private volatile boolean closed;

    NetTap(String name) {
        tap = Tap.open(name);
    }

    @Override
    public void connect(Port own) {
        port = own;
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void transmit(byte[] frame) {
        outgoing.copyFrom(0, frame, 0, frame.length);
        if (Libc.write(tap.fd(), outgoing.address(), frame.length) != frame.length) {
            lost++; // The interface is down, or its queue is full.
        }
    }

    @Override
    public synchronized long lostFrames() {
        return lost;
    }

    @Override
    public void close() {
        closed = true;
        wake.signal();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            tap.close();
            wake.close();
        }
    }

    private void work() {
        WakingPoll poll = new WakingPoll(wake);
        while (!closed) {
            int seen = poll.await(tap.fd(), PollFd.POLLIN, LONG_NANOS);
            long got = seen == 0 ? 0 : Libc.read(tap.fd(), incoming.address(), MOST_BYTES);
            if (got > 0) {
                byte[] frame = new byte[(int) got];
                incoming.copyTo(0, frame, 0, frame.length);
                port.receive(frame);
            } else if (seen != 0) {
                wake.await(LONG_NANOS); // It is down, or gone: no reason to ask all the time.
            }
        }
    }
}
