package org.jvirtio.vfiouser;

import java.nio.file.Path;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.Descriptor;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.PassedDescriptors;
import org.jvirtio.linux.UnixSocket;
import org.jvirtio.memory.NativeMemory;

/**
 * A client's connection to a server: a request, its reply, and between the two whatever the server
 * asks of us (vfio-user, Command Concurrency).
 *
 * <pre>
 *   we       REGION_WRITE #7 ------------------------------ reply #7
 *   server                    DMA_READ #1    (reply #1)
 * </pre>
 *
 * <p>A request is put together, made and its reply read with this object locked, so that several
 * threads may ring doorbells. Allocates nothing once its buffers are large enough.
 */
final class ClientSession implements AutoCloseable {

    /** Descriptors that we take in one message: one for each doorbell of a device. */
    private static final int MOST_DESCRIPTORS = 64;

    static final Capabilities OURS =
            new Capabilities(
                    MOST_DESCRIPTORS,
                    Capabilities.DEFAULTS.maxDataXferSize(),
                    Capabilities.DEFAULTS.maxDmaMaps(),
                    Capabilities.DEFAULTS.pageSizes(),
                    true,
                    Capabilities.NONE,
                    false);

    /** More than any reply but those with data: information with many areas. */
    static final int LARGEST_INFO = 1 << 16;

    private final String name;
    private final ClientOptions options;
    private final MessageSocket socket;
    private final DmaMap memory = new DmaMap(OURS.maxDataXferSize());
    private final Version agreed;
    private DmaServant servant;
    private DmaServant twin;
    private volatile Runnable whenEnded = () -> {};
    private volatile int requests;
    private volatile boolean closed;

    private ClientSession(String name, ClientOptions options, MessageSocket socket) {
        this.name = name;
        this.options = options;
        this.socket = socket;
        socket.allowDescriptors(MOST_DESCRIPTORS);
        agreed = negotiate();
        socket.allowPayload(Math.max(LARGEST_INFO, DmaAccessField.LENGTH + OURS.maxDataXferSize()));
    }

    /**
     * Connects to a server and agrees on a version.
     *
     * @throws EnvironmentException if nobody listens there
     * @throws org.jvirtio.DeviceBrokenException if it does not speak vfio-user
     */
    static ClientSession connect(Path path, ClientOptions options) {
        String name = "vfio-user:" + path;
        MessageSocket socket =
                new MessageSocket(UnixSocket.connect(path, options.limit()), name, options.limit());
        try {
            ClientSession session = new ClientSession(name, options, socket);
            session.startServants();
            return session;
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private Version negotiate() {
        Capabilities offered = options.takesTwin() ? OURS : OURS.withoutTwin();
        Version ours = new Version(Version.MAJOR, Version.MINOR, offered);
        int error = request(Command.VERSION, ours.write(socket), VersionField.LENGTH);
        if (error != 0) {
            throw refused(
                    "agreeing on version " + ours.number(),
                    error,
                    "Use a server that speaks version 0.1 or 0.2.");
        }
        Version theirs = Version.read(socket);
        if (theirs.major() != ours.major() || theirs.minor() > ours.minor()) {
            throw socket.fail(
                    "version " + theirs.number() + " in answer to version " + ours.number());
        }
        return theirs;
    }

    /** The twin's descriptor came with the message that was received last: this comes first. */
    private void startServants() {
        if (agreed.capabilities().twinSocket()) {
            MessageSocket other =
                    new MessageSocket(twinSocket(), name + " (twin)", options.limit());
            other.allowPayload(DmaAccessField.LENGTH + OURS.maxDataXferSize());
            other.allowDescriptors(0);
            twin = DmaServant.ofTwin(other, this);
        }
        servant = DmaServant.ofMain(socket, this);
    }

    private UnixSocket twinSocket() {
        int index = agreed.capabilities().twinFdIndex();
        PassedDescriptors passed = socket.received().descriptors();
        if (index == Capabilities.NONE || index >= passed.count()) {
            throw socket.fail(
                    "a twin socket as descriptor "
                            + index
                            + " of its reply, which came with "
                            + passed.count());
        }
        Descriptor descriptor = passed.take(index, name + " (twin)");
        return UnixSocket.adopt(descriptor)
                .orElseThrow(() -> socket.fail("a twin socket that is no UNIX stream socket"));
    }

    /** Whether the server may have descriptors of our memory: it takes them, and we give them. */
    boolean sharesMemory() {
        return options.sharesMemory() && server().maxMsgFds() > 0;
    }

    /** What was agreed: what the server can take. */
    Capabilities server() {
        return agreed.capabilities();
    }

    /** The version that was agreed on. */
    String version() {
        return agreed.number();
    }

    String name() {
        return name;
    }

    /** The memory that the server may be told of. */
    DmaMap memory() {
        return memory;
    }

    /** The payload of the next request, of a session that is open; only with this locked. */
    NativeMemory out() {
        socket.requireOpen();
        return socket.out();
    }

    /** Sends a descriptor along with the next request; only with this locked. */
    void attach(int fd) {
        socket.attach(fd);
    }

    /** The payload of the reply; only with this locked, until the next request. */
    NativeMemory reply() {
        return socket.received().payload();
    }

    int replyLength() {
        return socket.received().payloadLength();
    }

    /** What came with the reply. */
    PassedDescriptors descriptors() {
        return socket.received().descriptors();
    }

    /**
     * Makes a request and waits for its reply, serving the server meanwhile.
     *
     * @param bytes of its payload, in {@link #out}
     * @param least bytes that a reply without error has
     * @return 0, or the error number of the reply
     * @throws org.jvirtio.DeviceBrokenException if the session is over
     * @throws org.jvirtio.DeviceTimeoutException if the reply does not come within the limit
     */
    synchronized int request(Command command, int bytes, int least) {
        requests++;
        long deadline = System.nanoTime() + options.limit().toNanos();
        int id = socket.sendCommand(command, bytes, false);
        while (true) {
            long left = deadline - System.nanoTime();
            // Also a server that always has one more command of its own has this long only.
            if (left <= 0 || !socket.receive(left)) {
                throw socket.late("no reply to " + command);
            }
            if (socket.received().isReply()) {
                socket.requireReplyTo(socket.received(), id, command);
                int error = socket.received().error();
                if (error == 0) {
                    socket.requirePayload(least);
                }
                return error;
            }
            memory.answer(socket);
        }
    }

    /** Serves a command of the server that came while we asked for nothing, if there is one. */
    synchronized void serveOne() {
        if (!socket.receive(0)) {
            return;
        }
        if (socket.received().isReply()) {
            throw socket.fail(
                    "a reply to command " + socket.received().commandNumber() + ", of nobody's");
        }
        memory.answer(socket);
    }

    /** Counts up with each request: who looks twice knows whether there was one. */
    int requests() {
        return requests;
    }

    /**
     * Runs {@code action} once the session is over, whatever ended it; never after it is closed.
     */
    void whenEnded(Runnable action) {
        whenEnded = action;
    }

    /** Called by a servant that finds that the server is gone, or broke the protocol. */
    void endBecause(String reason) {
        if (!socket.isEnded()) {
            socket.fail(reason);
        }
    }

    String reason() {
        return socket.ended();
    }

    /** Called by a servant that ends, which it does soon after the session. */
    void announceEnd() {
        if (!closed && socket.isEnded()) {
            whenEnded.run();
        }
    }

    boolean isEnded() {
        return socket.isEnded();
    }

    void requireOpen() {
        socket.requireOpen();
    }

    /** Ends the session, because of what was found; for the caller to throw. */
    RuntimeException fail(String found) {
        return socket.fail(found);
    }

    /** A request that was answered with an error, for the caller to throw; the session goes on. */
    EnvironmentException refused(String doing, int error, String next) {
        return new EnvironmentException(
                doing + " with " + name + ": it answers " + Errno.describe(-error) + ". " + next);
    }

    @Override
    public void close() {
        closed = true;
        socket.shutdown();
        if (servant != null) {
            servant.close();
        }
        if (twin != null) {
            twin.close();
        }
        synchronized (this) {
            socket.close();
        }
    }
}
