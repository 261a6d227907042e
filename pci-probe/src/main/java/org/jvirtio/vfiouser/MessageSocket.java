package org.jvirtio.vfiouser;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.SocketMessage;
import org.jvirtio.linux.SocketWait;
import org.jvirtio.linux.UnixSocket;
import org.jvirtio.memory.NativeMemory;

/**
 * Messages of vfio-user over a UNIX socket, for either end (vfio-user, Header).
 *
 * <pre>
 *   +0 id   +2 command   +4 size   +8 flags   +12 error   +16 payload      and descriptors beside
 * </pre>
 *
 * <p>Nothing that the other end sends is trusted. Whatever breaks the protocol ends the session,
 * since nobody can tell where the next message would start.
 *
 * <p>There is one message of each direction at a time, and neither is allocated, but for those that
 * come while a reply is awaited. One thread receives and answers, while one other at a time may
 * {@link #ask}: each waits until the other has received or sent its message whole. Any thread may
 * call {@link #shutdown}, {@link #isEnded}, {@link #ended} and {@link #fail}.
 */
public final class MessageSocket implements AutoCloseable {

    /** Commands that may come between one of ours and its reply: each is kept until then. */
    private static final int MOST_KEPT = 32;

    private final UnixSocket socket;
    private final Duration limit;
    private final SessionEnd end;
    private final MessageReader reader;
    private final NativeMemory sentHeader = NativeMemory.allocateFor(this, HeaderField.LENGTH);
    private final List<NativeMemory> outgrown = new ArrayList<>();
    private final Deque<ReceivedMessage> kept = new ArrayDeque<>();
    private NativeMemory out = NativeMemory.allocate(ReceivedMessage.USUAL_PAYLOAD);
    private ReceivedMessage received = new ReceivedMessage();
    private ReceivedMessage reply = new ReceivedMessage();
    private int nextId;

    /**
     * Takes over a connection.
     *
     * @param peer the other end, as messages call it
     * @param limit the longest that a message may take from its first byte to its last
     */
    public MessageSocket(UnixSocket socket, String peer, Duration limit) {
        this.socket = socket;
        this.limit = limit;
        end = new SessionEnd(peer, limit, socket::shutdown);
        reader = new MessageReader(socket, end, limit);
        socket.outgoing().clear();
    }

    /** From now on takes payloads of up to {@code bytes}. */
    public void allowPayload(int bytes) {
        reader.allowPayload(bytes);
    }

    /** From now on takes up to {@code most} descriptors with one message. */
    public void allowDescriptors(int most) {
        reader.allowDescriptors(most);
    }

    /** The payload of the next message that is sent, with room for at least 4096 bytes. */
    public NativeMemory out() {
        return out;
    }

    /** The payload of the next message that is sent; what was written into it before is lost. */
    public NativeMemory out(int atLeast) {
        if (out.length() < atLeast) {
            out = ReceivedMessage.larger(out, atLeast, outgrown);
        }
        return out;
    }

    /**
     * Sends a descriptor along with the next message; it stays the caller's. For a socket on which
     * nobody asks meanwhile: see {@link #sendReply(int, int[])}.
     */
    public void attach(int fd) {
        socket.outgoing().attach(fd);
    }

    /** Sends a command with what is in {@link #out}; its id. */
    public int sendCommand(Command command, int bytes, boolean noReply) {
        return sendCommand(command, out, bytes, noReply ? HeaderField.FLAG_NO_REPLY : 0);
    }

    private synchronized int sendCommand(
            Command command, NativeMemory payload, int bytes, int flags) {
        int id = nextId;
        nextId = nextId + 1 & 0xffff;
        header(id, command.number(), HeaderField.TYPE_COMMAND | flags, 0);
        send(payload, bytes, payload, 0, 0);
        return id;
    }

    /** Answers the message received last with what is in {@link #out}, if it wants an answer. */
    public void sendReply(int bytes) {
        sendReply(bytes, out, 0, 0);
    }

    /** The same, and descriptors with it, which stay the caller's. */
    public synchronized void sendReply(int bytes, int[] fds) {
        for (int fd : fds) {
            attach(fd);
        }
        sendReply(bytes);
    }

    /** The same, with more data behind it that are sent from where they are. */
    public synchronized void sendReply(int bytes, NativeMemory data, long offset, int count) {
        if (received.wantsReply()) {
            header(received.id(), received.commandNumber(), HeaderField.TYPE_REPLY, 0);
            send(out, bytes, data, offset, count);
        }
        socket.outgoing().clear();
    }

    /** Answers the message received last: it failed. */
    public synchronized void sendError(Errno errno) {
        socket.outgoing().clear();
        if (received.wantsReply()) {
            int flags = HeaderField.TYPE_REPLY | HeaderField.FLAG_ERROR;
            header(received.id(), received.commandNumber(), flags, errno.number());
            send(out, 0, out, 0, 0);
        }
    }

    private void header(int id, int command, int flags, int error) {
        sentHeader.write16(HeaderField.MESSAGE_ID.offset(), id);
        sentHeader.write16(HeaderField.COMMAND.offset(), command);
        sentHeader.write32(HeaderField.FLAGS.offset(), flags);
        sentHeader.write32(HeaderField.ERROR.offset(), error);
    }

    private void send(NativeMemory payload, int bytes, NativeMemory data, long at, int count) {
        requireOpen();
        sentHeader.write32(HeaderField.SIZE.offset(), HeaderField.LENGTH + bytes + count);
        SocketMessage message = socket.outgoing();
        message.piece(sentHeader.address(), HeaderField.LENGTH);
        message.piece(payload.address(), bytes);
        message.piece(data.address() + at, count);
        int done = socket.send(System.nanoTime() + limit.toNanos());
        message.clear();
        if (Errno.ETIMEDOUT.is(done)) {
            throw late("it has taken no message");
        }
        if (done < 0) {
            throw fail("sending: " + Errno.describe(done));
        }
    }

    /**
     * Receives the next message, which is {@link #received} then. What came with the one before is
     * gone.
     *
     * @param nanos the longest wait for its first byte
     * @return false if none began
     * @throws DeviceBrokenException if the other end closed the connection or broke the protocol
     * @throws DeviceTimeoutException if a message began and did not end
     */
    public synchronized boolean receive(long nanos) {
        requireOpen();
        if (kept.isEmpty()) {
            return reader.read(received, nanos);
        }
        received.close();
        received = kept.remove();
        return true;
    }

    /** The message received last; a wait for a reply leaves it as it is. */
    public ReceivedMessage received() {
        return received;
    }

    /**
     * Sends a command and waits for its reply; what is in {@link #out} stays there. Commands that
     * come meanwhile are kept, and received later in their order ("requests are processed in
     * order").
     *
     * @return the reply, until the next one is awaited
     * @throws DeviceBrokenException if a reply to something else comes, or too many commands
     * @throws DeviceTimeoutException if none comes within the limit
     */
    public synchronized ReceivedMessage ask(Command command, NativeMemory payload, int bytes) {
        return awaitReply(sendCommand(command, payload, bytes, 0), command);
    }

    /** The same for a command that was sent. */
    synchronized ReceivedMessage awaitReply(int id, Command command) {
        requireOpen();
        long deadline = System.nanoTime() + limit.toNanos();
        while (reader.read(reply, deadline - System.nanoTime())) {
            if (reply.isReply()) {
                requireReplyTo(reply, id, command);
                return reply;
            }
            if (kept.size() == MOST_KEPT) {
                throw fail("more than " + MOST_KEPT + " commands, while we wait for a reply");
            }
            kept.add(reply);
            reply = new ReceivedMessage();
        }
        throw late("no reply to " + command);
    }

    /** True if there are commands to receive that came while a reply was awaited. */
    public synchronized boolean keepsCommands() {
        return !kept.isEmpty();
    }

    /** Ends the session if a reply is one to something else than this command. */
    void requireReplyTo(ReceivedMessage message, int id, Command command) {
        if (message.id() != id || message.commandNumber() != command.number()) {
            throw fail(
                    String.format(
                            "a reply to command %d with id %d, where %s (%d) with id %d is asked",
                            message.commandNumber(), message.id(), command, command.number(), id));
        }
    }

    /** For another thread than the one that receives: a wait of its own for the next message. */
    public SocketWait newWait() {
        return socket.newWait();
    }

    /** Ends the session if the message received last is shorter than what it is said to be. */
    public void requirePayload(int least) {
        requirePayload(received, least);
    }

    /** The same of another message, such as a reply that was awaited. */
    public void requirePayload(ReceivedMessage message, int least) {
        if (message.payloadLength() < least) {
            throw fail(
                    String.format(
                            "%s of command %d with a payload of 0x%x bytes, which needs 0x%x",
                            message.isReply() ? "a reply" : "a message",
                            message.commandNumber(),
                            message.payloadLength(),
                            least));
        }
    }

    /** True once the session is over: every further call says so. */
    public boolean isEnded() {
        return end.isEnded();
    }

    /** Why the session is over: {@code it closed the connection}; empty if it is not. */
    public String ended() {
        return end.reason();
    }

    /** Throws if the session is over. */
    public void requireOpen() {
        end.requireOpen();
    }

    /** Ends the session, because of what was found; for the caller to throw. */
    public DeviceBrokenException fail(String found) {
        return end.fail(found);
    }

    /** Ends the session, because of what did not come within the limit; for the caller to throw. */
    public DeviceTimeoutException late(String found) {
        return end.late(found);
    }

    /** Ends the connection, so that a thread that waits for a message learns it. */
    public void shutdown() {
        socket.shutdown();
    }

    /** Gives up the connection and its buffers, with no thread in a call any more. */
    @Override
    public void close() {
        end.closed();
        socket.close();
        received.close();
        reply.close();
        kept.forEach(ReceivedMessage::close);
        out.close();
        outgrown.forEach(NativeMemory::close);
    }
}
