package org.jvirtio.vfiouser;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.PassedDescriptors;
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
 * <p>Nothing that the other end sends is trusted: its size is looked at before there is memory for
 * it, and what has begun ends within a limit. Whatever breaks one of these ends the session, since
 * nobody can tell where the next message would start.
 *
 * <p>There is one message of each direction at a time; neither is allocated. Not thread-safe, but
 * for {@link #shutdown}, {@link #isEnded} and {@link #fail}.
 */
public final class MessageSocket implements AutoCloseable {

    /** The first buffers; more comes with the first message that needs it. */
    private static final int USUAL_PAYLOAD = 4096;

    private final UnixSocket socket;
    private final String peer;
    private final Duration limit;
    private final NativeMemory sentHeader = NativeMemory.allocateFor(this, HeaderField.LENGTH);
    private final NativeMemory header = NativeMemory.allocateFor(this, HeaderField.LENGTH);
    private final PassedDescriptors descriptors = new PassedDescriptors();
    private NativeMemory out = NativeMemory.allocate(USUAL_PAYLOAD);
    private NativeMemory payload = NativeMemory.allocate(USUAL_PAYLOAD);
    private final List<NativeMemory> outgrown = new ArrayList<>();
    private int payloadLength;
    private int largestPayload = USUAL_PAYLOAD;
    private int mostDescriptors = 1;
    private int nextId;
    private volatile String ended = "";

    /**
     * Takes over a connection.
     *
     * @param peer the other end, as messages call it
     * @param limit the longest that a message may take from its first byte to its last
     */
    public MessageSocket(UnixSocket socket, String peer, Duration limit) {
        this.socket = socket;
        this.peer = peer;
        this.limit = limit;
        socket.outgoing().clear();
    }

    /** From now on takes payloads of up to {@code bytes}. */
    public void allowPayload(int bytes) {
        largestPayload = bytes;
    }

    /** From now on takes up to {@code most} descriptors with one message. */
    public void allowDescriptors(int most) {
        mostDescriptors = Math.min(most, PassedDescriptors.MOST);
    }

    /** The payload of the next message that is sent, with room for at least 4096 bytes. */
    public NativeMemory out() {
        return out;
    }

    /** The payload of the next message that is sent; what was written into it before is lost. */
    public NativeMemory out(int atLeast) {
        if (out.length() < atLeast) {
            out = larger(out, atLeast);
        }
        return out;
    }

    /** Sends a descriptor along with the next message; it stays the caller's. */
    public void attach(int fd) {
        socket.outgoing().attach(fd);
    }

    /** Sends a command with what is in {@link #out}; its id. */
    public int sendCommand(Command command, int bytes, boolean noReply) {
        int id = nextId;
        nextId = nextId + 1 & 0xffff;
        int flags = HeaderField.TYPE_COMMAND | (noReply ? HeaderField.FLAG_NO_REPLY : 0);
        send(id, command.number(), flags, 0, bytes, out, 0, 0);
        return id;
    }

    /** Answers the message received last with what is in {@link #out}, if it wants an answer. */
    public void sendReply(int bytes) {
        sendReply(bytes, out, 0, 0);
    }

    /** The same, with more data behind it that are sent from where they are. */
    public void sendReply(int bytes, NativeMemory data, long offset, int count) {
        if (wantsReply()) {
            send(id(), commandNumber(), HeaderField.TYPE_REPLY, 0, bytes, data, offset, count);
        }
        socket.outgoing().clear();
    }

    /** Answers the message received last: it failed. */
    public void sendError(Errno errno) {
        socket.outgoing().clear();
        if (wantsReply()) {
            int flags = HeaderField.TYPE_REPLY | HeaderField.FLAG_ERROR;
            send(id(), commandNumber(), flags, errno.number(), 0, out, 0, 0);
        }
    }

    private void send(
            int id,
            int command,
            int flags,
            int error,
            int bytes,
            NativeMemory data,
            long at,
            int n) {
        requireOpen();
        sentHeader.write16(HeaderField.MESSAGE_ID.offset(), id);
        sentHeader.write16(HeaderField.COMMAND.offset(), command);
        sentHeader.write32(HeaderField.SIZE.offset(), HeaderField.LENGTH + bytes + n);
        sentHeader.write32(HeaderField.FLAGS.offset(), flags);
        sentHeader.write32(HeaderField.ERROR.offset(), error);
        SocketMessage message = socket.outgoing();
        message.piece(sentHeader.address(), HeaderField.LENGTH);
        message.piece(out.address(), bytes);
        message.piece(data.address() + at, n);
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
     * Receives the next message. What came with the one before is gone then.
     *
     * @param nanos the longest wait for its first byte
     * @return false if none began
     * @throws DeviceBrokenException if the other end closed the connection or broke the protocol
     * @throws DeviceTimeoutException if a message began and did not end
     */
    public boolean receive(long nanos) {
        requireOpen();
        descriptors.closeRest();
        payloadLength = 0;
        if (!socket.awaitReadable(nanos)) {
            return false;
        }
        long deadline = System.nanoTime() + limit.toNanos();
        receive(header, HeaderField.LENGTH, deadline);
        int bytes = payloadBytes();
        if (payload.length() < bytes) {
            payload = larger(payload, bytes);
        }
        receive(payload, bytes, deadline);
        payloadLength = bytes;
        return true;
    }

    private int payloadBytes() {
        long size = header.read32(HeaderField.SIZE.offset()) & 0xffff_ffffL;
        if (size < HeaderField.LENGTH || size - HeaderField.LENGTH > largestPayload) {
            throw fail(
                    String.format(
                            "a message of 0x%x bytes, where 0x%x to 0x%x can be",
                            size, HeaderField.LENGTH, (long) HeaderField.LENGTH + largestPayload));
        }
        int type = flags() & HeaderField.TYPE_MASK;
        if (type != HeaderField.TYPE_COMMAND && type != HeaderField.TYPE_REPLY) {
            throw fail(
                    "a message of type " + type + ", which is neither command (0) nor reply (1)");
        }
        return (int) (size - HeaderField.LENGTH);
    }

    /** Doubled, so that what is outgrown is less than what is used, and kept: it may be in use. */
    private NativeMemory larger(NativeMemory buffer, int atLeast) {
        outgrown.add(buffer);
        return NativeMemory.allocate(Long.highestOneBit(atLeast - 1L) << 1);
    }

    private void receive(NativeMemory target, int count, long deadline) {
        long got = socket.receive(target.address(), count, descriptors, mostDescriptors, deadline);
        if (got == count) {
            return;
        }
        if (Errno.ETIMEDOUT.is(got)) {
            throw late("a message began, and did not end");
        }
        if (Errno.E2BIG.is(got)) {
            throw fail(
                    "more than "
                            + mostDescriptors
                            + " descriptors with one message, or more than this process may open");
        }
        if (got < 0) {
            throw fail("receiving: " + Errno.describe(got));
        }
        throw fail(
                "it closed the connection"
                        + (target == header && got == 0 ? "" : ", in the middle of a message"));
    }

    /** For another thread than the one that receives: a wait of its own for the next message. */
    public SocketWait newWait() {
        return socket.newWait();
    }

    /** The id of the message received last. */
    public int id() {
        return header.read16(HeaderField.MESSAGE_ID.offset());
    }

    public int commandNumber() {
        return header.read16(HeaderField.COMMAND.offset());
    }

    /** Null if there is no command of that number. */
    public Command command() {
        return Command.of(commandNumber());
    }

    public boolean isReply() {
        return (flags() & HeaderField.TYPE_MASK) == HeaderField.TYPE_REPLY;
    }

    /** Whether the message received last is a command that is to be answered. */
    public boolean wantsReply() {
        return !isReply() && (flags() & HeaderField.FLAG_NO_REPLY) == 0;
    }

    /** Which command {@link #sendReply} answers: for whoever has to ask back before it answers. */
    public long pending() {
        return id() | (long) commandNumber() << 16 | (long) flags() << 32;
    }

    /** Goes back to a command that was {@link #pending}; its payload is gone. */
    public void resume(long pending) {
        header.write16(HeaderField.MESSAGE_ID.offset(), (int) pending);
        header.write16(HeaderField.COMMAND.offset(), (int) (pending >>> 16));
        header.write32(HeaderField.FLAGS.offset(), (int) (pending >>> 32));
        payloadLength = 0;
    }

    /** The error number of a reply; 0 if it has none. One that says not which has EIO. */
    public int error() {
        if (!isReply() || (flags() & HeaderField.FLAG_ERROR) == 0) {
            return 0;
        }
        int error = header.read32(HeaderField.ERROR.offset());
        return error > 0 ? error : Errno.EIO.number();
    }

    private int flags() {
        return header.read32(HeaderField.FLAGS.offset());
    }

    /** What came behind the header; only {@link #payloadLength} bytes of it are of this message. */
    public NativeMemory payload() {
        return payload;
    }

    public int payloadLength() {
        return payloadLength;
    }

    /** Ends the session if the message received last is shorter than what it is said to be. */
    public void requirePayload(int least) {
        if (payloadLength < least) {
            throw fail(
                    String.format(
                            "%s of command %d with a payload of 0x%x bytes, which needs 0x%x",
                            isReply() ? "a reply" : "a message",
                            commandNumber(),
                            payloadLength,
                            least));
        }
    }

    /** What came with the message received last; the next one closes what nobody took. */
    public PassedDescriptors descriptors() {
        return descriptors;
    }

    /** True once the session is over: every further call says so. */
    public boolean isEnded() {
        return !ended.isEmpty();
    }

    /** What ended the session; empty until then. */
    public String reason() {
        return ended;
    }

    /** Why the session is over: {@code it closed the connection}; empty if it is not. */
    public String ended() {
        return ended;
    }

    /** Throws if the session is over. */
    public void requireOpen() {
        if (!ended.isEmpty()) {
            throw new DeviceBrokenException(message("the session has ended before: " + ended));
        }
    }

    /** Ends the session, because of what was found; for the caller to throw. */
    public DeviceBrokenException fail(String found) {
        end(found);
        return new DeviceBrokenException(message(found));
    }

    /** Ends the session, because of what did not come within the limit; for the caller to throw. */
    public DeviceTimeoutException late(String found) {
        end(found);
        return new DeviceTimeoutException(message(found + " for " + limit.toMillis() + " ms"));
    }

    private void end(String found) {
        if (ended.isEmpty()) {
            ended = found;
        }
        shutdown();
    }

    private String message(String found) {
        return "talking vfio-user to "
                + peer
                + ": "
                + found
                + ". Look whether it still runs and what it printed; then connect anew.";
    }

    /** Ends the connection, so that a thread that waits for a message learns it. */
    public void shutdown() {
        socket.shutdown();
    }

    /** Gives up the connection and its buffers, with no thread in a call any more. */
    @Override
    public void close() {
        if (ended.isEmpty()) {
            ended = "it was closed";
        }
        descriptors.closeRest();
        socket.close();
        out.close();
        payload.close();
        outgrown.forEach(NativeMemory::close);
        payloadLength = 0;
    }
}
