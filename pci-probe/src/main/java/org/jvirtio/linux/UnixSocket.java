package org.jvirtio.linux;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.NativeMemory;

/**
 * One end of a connected UNIX stream socket, over which bytes and descriptors go (unix(7)). What is
 * asked for goes whole or fails within a limit; neither call allocates.
 *
 * <p>One thread may send while another receives; any may {@link #shutdown}. Whoever closes it has
 * made sure that no other thread is in a call.
 */
public final class UnixSocket implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = 10_000_000;

    private final Descriptor descriptor;
    private final SocketMessage outgoing = new SocketMessage();
    private final SocketMessage incoming = new SocketMessage();
    private final SocketWait room;
    private final SocketWait data;

    /** Two ends of one connection. */
    public record Pair(UnixSocket first, UnixSocket second) {}

    UnixSocket(Descriptor descriptor) {
        this.descriptor = descriptor;
        room = new SocketWait(descriptor, PollFd.POLLOUT);
        data = new SocketWait(descriptor, PollFd.POLLIN);
    }

    /** Connects to whoever listens at a path, within ten seconds. */
    public static UnixSocket connect(Path path) {
        return connect(path, LIMIT);
    }

    /**
     * Connects to whoever listens at a path.
     *
     * @param limit the longest wait for room among those whom a busy server has not accepted yet
     * @throws EnvironmentException if nobody listens, or there is no room
     */
    public static UnixSocket connect(Path path, Duration limit) {
        Descriptor socket =
                new Descriptor(
                        required(SocketCalls.socket(SocketCalls.SOCK_NONBLOCK)), path.toString());
        int done = connect(socket, path, System.nanoTime() + limit.toNanos());
        if (done < 0) {
            socket.close();
            throw new EnvironmentException(
                    "connecting to "
                            + path
                            + ": "
                            + Errno.describe(done)
                            + (Errno.EAGAIN.is(done)
                                    ? ". Its server accepts nobody: end its other clients, or start"
                                            + " it anew."
                                    : ". Look whether its server runs, and whether this user may"
                                            + " write to the socket."));
        }
        return new UnixSocket(socket);
    }

    /** Tries again while there is no room, which no poll tells (connect(2), EAGAIN). */
    private static int connect(Descriptor socket, Path path, long deadline) {
        try {
            int done = SocketCalls.connect(socket.fd(), path);
            while (Errno.EAGAIN.is(done)
                    && System.nanoTime() - deadline < 0
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(PAUSE_NANOS);
                done = SocketCalls.connect(socket.fd(), path);
            }
            return done;
        } catch (EnvironmentException e) {
            socket.close();
            throw e;
        }
    }

    /** Makes two ends that are connected with each other. */
    public static Pair pair() {
        try (NativeMemory numbers = NativeMemory.allocate(2 * Integer.BYTES)) {
            required(SocketCalls.socketpair(numbers.address()));
            return new Pair(
                    new UnixSocket(new Descriptor(numbers.read32(0), "a socket pair")),
                    new UnixSocket(new Descriptor(numbers.read32(4), "a socket pair")));
        }
    }

    /**
     * Takes over a descriptor that another process passed.
     *
     * @return nothing, with the descriptor closed, if it is something else than a UNIX stream
     *     socket
     */
    public static Optional<UnixSocket> adopt(Descriptor passed) {
        int fd = passed.fd();
        if (SocketCalls.option(fd, SocketCalls.SO_DOMAIN) == SockaddrUn.AF_UNIX
                && SocketCalls.option(fd, SocketCalls.SO_TYPE) == SocketCalls.SOCK_STREAM) {
            return Optional.of(new UnixSocket(passed));
        }
        passed.close();
        return Optional.empty();
    }

    /** The number, to be polled with others or passed on; it stays this socket's. */
    public int fd() {
        return descriptor.fd();
    }

    /** Where the next message is put together, for {@link #send}. */
    public SocketMessage outgoing() {
        return outgoing;
    }

    /**
     * Sends all of {@link #outgoing}.
     *
     * @param deadline as {@link System#nanoTime} counts
     * @return 0, or a negated error number: EPIPE if the other end is closed, ETIMEDOUT if it takes
     *     no more. What was sent until then cannot be taken back.
     */
    public int send(long deadline) {
        while (outgoing.left() > 0) {
            long done =
                    SocketCalls.sendmsg(
                            descriptor.fd(),
                            outgoing.toSend(),
                            SocketCalls.MSG_NOSIGNAL | SocketCalls.MSG_DONTWAIT);
            if (done >= 0) {
                outgoing.advance(done);
            } else if (Errno.EAGAIN.is(done)) {
                if (!room.until(deadline)) {
                    return -Errno.ETIMEDOUT.number();
                }
            } else if (!Errno.EINTR.is(done)) {
                return (int) done;
            }
        }
        return 0;
    }

    /**
     * Receives {@code count} bytes to an address.
     *
     * @param passed takes the descriptors that come along, as far as this process may open more
     * @param most descriptors that it may have then; the kernel drops the rest
     * @param deadline as {@link System#nanoTime} counts
     * @return {@code count}; less if the other end was closed before; or a negated error number:
     *     ETIMEDOUT if not all came in time, E2BIG if there were more than {@code most}
     */
    public long receive(
            long address, long count, PassedDescriptors passed, int most, long deadline) {
        incoming.clear();
        incoming.piece(address, count);
        while (incoming.left() > 0) {
            long done =
                    SocketCalls.recvmsg(
                            descriptor.fd(),
                            incoming.toReceive(Math.max(0, most - passed.count())),
                            SocketCalls.MSG_CMSG_CLOEXEC | SocketCalls.MSG_DONTWAIT);
            if (done > 0) {
                incoming.advance(done);
                if (incoming.takeDescriptors(passed)) {
                    if (passed.count() >= most) {
                        return -Errno.E2BIG.number();
                    }
                    passed.lose();
                }
            } else if (done == 0) {
                return count - incoming.left();
            } else if (Errno.EAGAIN.is(done)) {
                if (!data.until(deadline)) {
                    return -Errno.ETIMEDOUT.number();
                }
            } else if (!Errno.EINTR.is(done)) {
                return done;
            }
        }
        return count;
    }

    /** Waits until there is something to receive, an end included; false if the time passed. */
    public boolean awaitReadable(long nanos) {
        return data.await(nanos);
    }

    /** For another thread than the one that receives: a wait of its own for the same. */
    public SocketWait newWait() {
        return new SocketWait(descriptor, PollFd.POLLIN);
    }

    /** Ends the connection: whoever waits at either end is told so. */
    public synchronized void shutdown() {
        SocketCalls.shutdown(descriptor.fd(), SocketCalls.SHUT_RDWR);
    }

    /** Locked against {@link #shutdown}, which would otherwise end whatever has the number next. */
    @Override
    public synchronized void close() {
        descriptor.close();
    }

    static int required(int result) {
        if (result < 0) {
            throw new EnvironmentException(
                    "making a socket: "
                            + Errno.describe(result)
                            + ". Close other functions, or raise the limit of open files"
                            + " (ulimit -n).");
        }
        return result;
    }
}
