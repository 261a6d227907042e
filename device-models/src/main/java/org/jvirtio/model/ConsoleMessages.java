package org.jvirtio.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The control receive queue of a console model (virtio 1.4 section 5.3.6.2): messages that wait for
 * buffers, and buffers that wait for messages.
 *
 * <pre>
 *   | le32 port 0 | le16 event 4 | le16 value 6 | name, or cols and rows 8 ... |
 * </pre>
 *
 * <p>Used under the function's lock.
 */
final class ConsoleMessages {

    static final int HEADER_BYTES = 8;

    /** Messages that wait; a driver that gives no buffers but asks for more loses the rest. */
    private static final int MOST_WAITING = 8192;

    private final Deque<byte[]> messages = new ArrayDeque<>();
    private final Deque<ModelChain> buffers = new ArrayDeque<>();

    void clear() {
        messages.clear();
        buffers.clear();
    }

    void addBuffer(ModelChain chain) {
        if (chain.writableLength() < HEADER_BYTES) {
            throw new ProtocolFault(
                    String.format(
                            "control buffer with %d writable bytes; a message has at least %d"
                                    + " (section 5.3.6.2)",
                            chain.writableLength(), HEADER_BYTES));
        }
        buffers.add(chain);
    }

    void add(int port, ConsoleEvent event, int value, byte... more) {
        if (messages.size() < MOST_WAITING) {
            messages.add(
                    ByteBuffer.allocate(HEADER_BYTES + more.length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(port)
                            .putShort((short) event.number)
                            .putShort((short) value)
                            .put(more)
                            .array());
        }
    }

    /** Brings messages and buffers together as long as there are both; a long name is cut. */
    void pump() {
        buffers.removeIf(ModelChain::isForgotten); // Of a queue that was reset.
        while (!messages.isEmpty() && !buffers.isEmpty()) {
            byte[] message = messages.remove();
            ModelChain chain = buffers.remove();
            int length = (int) Math.min(chain.writableLength(), message.length);
            chain.write(0, message, length);
            chain.complete(length);
        }
    }
}
