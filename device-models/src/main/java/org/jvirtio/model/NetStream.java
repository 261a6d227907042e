package org.jvirtio.model;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.jvirtio.linux.Libc;
import org.jvirtio.linux.PollFd;
import org.jvirtio.memory.NativeMemory;

/**
 * Frames over a stream socket, as QEMU's {@code -netdev stream} has them: each with its length
 * before it, 32 bits, big-endian.
 *
 * <p>What the peer does not read in time is lost and counted, as is a frame shorter than an
 * Ethernet header. A length that no frame has ends the connection: nobody knows where the next
 * frame begins.
 */
final class NetStream implements NetBackend {

    /** NET_BUFSIZE of QEMU: 65536 bytes and the longest headers. */
    static final int MOST_BYTES = 4096 + 65536;

    private static final int ROOM = 1 << 18;
    private static final int LENGTH_BYTES = 4;
    private static final int LEAST_BYTES = 14;

    private final LineThread thread;
    private final NativeMemory moved = NativeMemory.allocateFor(this, ROOM);
    private final NativeMemory sent = NativeMemory.allocateFor(this, ROOM);
    private final ByteBuffer incoming = ByteBuffer.allocate(ROOM);
    private final ByteBuffer outgoing = ByteBuffer.allocate(ROOM);
    private Port port;
    private int line = LineThread.NOBODY;
    private long lost;
    private volatile boolean blocked;

    NetStream(LineEnd end) {
        thread = new LineThread("net stream", end, this::visit);
    }

    @Override
    public void connect(Port own) {
        port = own;
        thread.start();
    }

    @Override
    public synchronized void transmit(byte[] frame) {
        if (line == LineThread.NOBODY || outgoing.remaining() < LENGTH_BYTES + frame.length) {
            lost++;
            return;
        }
        outgoing.putInt(frame.length).put(frame);
        if (!blocked) {
            flush();
        }
    }

    @Override
    public synchronized long lostFrames() {
        return lost;
    }

    @Override
    public void close() {
        thread.close();
    }

    private void visit(int fd) {
        line(fd);
        carry(fd);
        line(LineThread.NOBODY);
    }

    private synchronized void line(int fd) {
        line = fd;
        blocked = false;
        incoming.clear();
        outgoing.clear();
    }

    private void carry(int fd) {
        boolean sound = true;
        while (sound && !thread.isClosed()) {
            int wanted = PollFd.POLLIN | (blocked ? PollFd.POLLOUT : 0);
            int seen = thread.await(fd, wanted);
            if ((seen & PollFd.POLLOUT) != 0) {
                flush();
            }
            if ((seen & ~PollFd.POLLOUT) != 0) {
                sound = read(fd) && parse();
            }
        }
    }

    /** Writes what there is room for; the thread goes on with the rest. */
    private synchronized void flush() {
        outgoing.flip();
        int count = outgoing.remaining();
        long done = line == LineThread.NOBODY ? count : write(count);
        outgoing.position((int) Math.max(0, done));
        outgoing.compact();
        blocked = outgoing.position() > 0;
        if (blocked) {
            thread.wake();
        }
    }

    private long write(int count) {
        sent.copyFrom(0, outgoing.array(), 0, count);
        try {
            return Libc.write(line, sent.address(), count);
        } finally {
            Reference.reachabilityFence(this); // The kernel reads what is freed with this.
        }
    }

    /** False at the end. */
    private boolean read(int fd) {
        try {
            long got = Libc.read(fd, moved.address(), incoming.remaining());
            if (got > 0) {
                moved.copyTo(0, incoming.array(), incoming.position(), (int) got);
                incoming.position(incoming.position() + (int) got);
            }
            return LineThread.isThere(got);
        } finally {
            Reference.reachabilityFence(this); // The kernel writes to what is freed with this.
        }
    }

    /** Hands on all whole frames; false if there is none where one should be. */
    private boolean parse() {
        incoming.flip();
        boolean sound = true;
        while (sound && incoming.remaining() >= LENGTH_BYTES) {
            int length = incoming.getInt(incoming.position());
            sound = length >= 0 && length <= MOST_BYTES;
            if (sound && incoming.remaining() < LENGTH_BYTES + length) {
                break;
            }
            if (sound) {
                take(length);
            }
        }
        incoming.compact();
        return sound;
    }

    private void take(int length) {
        byte[] frame = new byte[length];
        incoming.getInt();
        incoming.get(frame);
        if (length < LEAST_BYTES) {
            lostOne();
        } else {
            port.receive(frame);
        }
    }

    private synchronized void lostOne() {
        lost++;
    }
}
