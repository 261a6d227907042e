package org.jvirtio.vfiouser;

import java.time.Duration;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.PassedDescriptors;
import org.jvirtio.linux.UnixSocket;
import org.jvirtio.memory.NativeMemory;

/**
 * Reads whole messages from a socket, within bounds: what a header says is looked at before there
 * is memory for the rest, and what has begun ends within a limit. Not thread-safe.
 */
final class MessageReader {

    private final UnixSocket socket;
    private final SessionEnd end;
    private final Duration limit;
    private int largestPayload = ReceivedMessage.USUAL_PAYLOAD;
    private int mostDescriptors = 1;

    MessageReader(UnixSocket socket, SessionEnd end, Duration limit) {
        this.socket = socket;
        this.end = end;
        this.limit = limit;
    }

    void allowPayload(int bytes) {
        largestPayload = bytes;
    }

    void allowDescriptors(int most) {
        mostDescriptors = Math.min(most, PassedDescriptors.MOST);
    }

    /** False if none began within {@code nanos}. */
    boolean read(ReceivedMessage message, long nanos) {
        message.clear();
        if (!socket.awaitReadable(nanos)) {
            return false;
        }
        long deadline = System.nanoTime() + limit.toNanos();
        read(message, message.header(), HeaderField.LENGTH, deadline);
        int bytes = payloadBytes(message);
        read(message, message.room(bytes), bytes, deadline);
        message.payloadLength(bytes);
        return true;
    }

    private int payloadBytes(ReceivedMessage message) {
        long size = message.size();
        if (size < HeaderField.LENGTH || size - HeaderField.LENGTH > largestPayload) {
            throw end.fail(
                    String.format(
                            "a message of 0x%x bytes, where 0x%x to 0x%x can be",
                            size, HeaderField.LENGTH, (long) HeaderField.LENGTH + largestPayload));
        }
        int type = message.flags() & HeaderField.TYPE_MASK;
        if (type != HeaderField.TYPE_COMMAND && type != HeaderField.TYPE_REPLY) {
            throw end.fail(
                    "a message of type " + type + ", which is neither command (0) nor reply (1)");
        }
        return (int) (size - HeaderField.LENGTH);
    }

    private void read(ReceivedMessage message, NativeMemory target, int count, long deadline) {
        long got =
                socket.receive(
                        target.address(), count, message.descriptors(), mostDescriptors, deadline);
        if (got == count) {
            return;
        }
        if (Errno.ETIMEDOUT.is(got)) {
            throw end.late("a message began, and did not end");
        }
        if (Errno.E2BIG.is(got)) {
            throw end.fail("more than " + mostDescriptors + " descriptors with one message");
        }
        if (got < 0) {
            throw end.fail("receiving: " + Errno.describe(got));
        }
        boolean between = target == message.header() && got == 0;
        throw end.fail(
                "it closed the connection" + (between ? "" : ", in the middle of a message"));
    }
}
