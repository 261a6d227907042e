package org.jvirtio.model;

import java.lang.ref.Reference;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.PollFd;
import org.jvirtio.linux.Tap;
import org.jvirtio.linux.WakingPoll;
import org.jvirtio.memory.NativeMemory;

/** Connects a network model with a tap interface of this machine: a frame per read and write. */
final class NetTap implements NetBackend {

    private static final int MOST_BYTES = 1 << 17;
    private static final long LONG_NANOS = 1_000_000_000;

    private final Tap tap;
    private final HostThread thread = new HostThread("net tap", this::work);
    private final NativeMemory incoming = NativeMemory.allocateFor(this, MOST_BYTES);
    private final NativeMemory outgoing = NativeMemory.allocateFor(this, MOST_BYTES);
    private Port port;
    private long lost;

    NetTap(String name) {
        tap = Tap.open(name);
    }

    @Override
    public void connect(Port own) {
        port = own;
        thread.start();
    }

    @Override
    public synchronized void transmit(byte[] frame) {
        outgoing.copyFrom(0, frame, 0, frame.length);
        try {
            if (!tap.write(outgoing, 0, frame.length, 0)) {
                lost++; // The interface is down, or its queue is full.
            }
        } finally {
            Reference.reachabilityFence(this); // The kernel reads what is freed with this.
        }
    }

    @Override
    public synchronized long lostFrames() {
        return lost;
    }

    @Override
    public void close() {
        thread.close(tap::close);
    }

    private void work() {
        try {
            carry();
        } finally {
            Reference.reachabilityFence(this); // The kernel writes to what is freed with this.
        }
    }

    private void carry() {
        WakingPoll poll = new WakingPoll(thread.wake());
        while (!thread.isClosed()) {
            int seen = poll.await(tap.fd(), PollFd.POLLIN, LONG_NANOS);
            int got = seen == 0 ? 0 : read();
            if (got > 0) {
                byte[] frame = new byte[got];
                incoming.copyTo(0, frame, 0, frame.length);
                port.receive(frame);
            } else if (seen != 0) {
                thread.wake()
                        .await(LONG_NANOS); // It is down, or gone: no reason to ask all the time.
            }
        }
    }

    /** The guest goes on without a network when the interface goes. */
    private int read() {
        try {
            return tap.read(incoming, 0, MOST_BYTES);
        } catch (EnvironmentException e) {
            return 0;
        }
    }
}
