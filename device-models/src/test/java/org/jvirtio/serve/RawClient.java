package org.jvirtio.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jvirtio.linux.UnixSocket;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.vfiouser.Capabilities;
import org.jvirtio.vfiouser.Command;
import org.jvirtio.vfiouser.MessageSocket;
import org.jvirtio.vfiouser.Version;

/** A client that sends whatever a test wants, field by field. */
final class RawClient implements AutoCloseable {

    static final int CONFIG = 7;

    private static final Duration LIMIT = Duration.ofSeconds(5);

    final MessageSocket socket;
    final UnixSocket connection;

    private Consumer<MessageSocket> asked =
            socket -> {
                throw new AssertionError("it commands " + socket.received().command());
            };

    RawClient(Path path) {
        connection = UnixSocket.connect(path);
        socket = new MessageSocket(connection, "the server", LIMIT);
        socket.allowPayload(1 << 21);
        socket.allowDescriptors(16);
    }

    static RawClient greeted(Path path) {
        RawClient client = new RawClient(path);
        assertEquals(2, client.greet(0, 2).minor());
        return client;
    }

    Version greet(int major, int minor) {
        return greet(major, minor, new Capabilities(16, 1 << 20, 100, 4096, false, -1, true));
    }

    Version greet(int major, int minor, Capabilities ours) {
        socket.sendCommand(Command.VERSION, new Version(major, minor, ours).write(socket), false);
        assertEquals(0, answer());
        return Version.read(socket);
    }

    /** Sends a command with descriptors; the error number of its answer, or 0. */
    int send(Command command, ByteBuffer payload, int... fds) {
        byte[] bytes = bytes(payload);
        socket.out(bytes.length).copyFrom(0, bytes, 0, bytes.length);
        for (int fd : fds) {
            socket.attach(fd);
        }
        int id = socket.sendCommand(command, bytes.length, false);
        int error = answer();
        assertEquals(id, socket.received().id());
        assertEquals(command, socket.received().command());
        return error;
    }

    /** From now on commands of the server go to {@code answer}. */
    void answering(Consumer<MessageSocket> answer) {
        asked = answer;
    }

    /** The error number of a reply; the server is answered meanwhile. */
    int answer() {
        do {
            assertTrue(socket.receive(LIMIT.toNanos()), "no answer");
        } while (answered());
        return socket.received().error();
    }

    /** Answers the server until something holds: soon, or after the server has waited in vain. */
    void serveUntil(BooleanSupplier holds) {
        long end = System.nanoTime() + 2 * LIMIT.toNanos();
        while (!holds.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "the server does not do it");
            if (socket.receive(1_000_000)) {
                assertTrue(answered(), "a reply to nothing");
            }
        }
    }

    private boolean answered() {
        if (socket.received().isReply()) {
            return false;
        }
        asked.accept(socket);
        return true;
    }

    /** A header alone, of whatever it says. */
    void sendHeader(int command, int size, int flags) {
        try (NativeMemory header = NativeMemory.allocate(16)) {
            header.write16(2, command);
            header.write32(4, size);
            header.write32(8, flags);
            connection.outgoing().clear();
            connection.outgoing().piece(header.address(), 16);
            assertEquals(0, connection.send(System.nanoTime() + LIMIT.toNanos()));
            connection.outgoing().clear();
        }
    }

    int map(long address, long size, int flags, long position, int... fds) {
        return send(
                Command.DMA_MAP,
                payload(32)
                        .putInt(32)
                        .putInt(flags)
                        .putLong(position)
                        .putLong(address)
                        .putLong(size),
                fds);
    }

    int unmap(long address, long size) {
        return send(
                Command.DMA_UNMAP, payload(24).putInt(24).putInt(0).putLong(address).putLong(size));
    }

    int read(int region, long offset, int count) {
        return send(Command.REGION_READ, payload(16).putLong(offset).putInt(region).putInt(count));
    }

    int write(int region, long offset, byte... data) {
        return send(Command.REGION_WRITE, written(region, offset, data));
    }

    /** Writes and wants no answer. */
    void post(int region, long offset, byte... data) {
        byte[] bytes = bytes(written(region, offset, data));
        socket.out(bytes.length).copyFrom(0, bytes, 0, bytes.length);
        socket.sendCommand(Command.REGION_WRITE, bytes.length, true);
    }

    private static ByteBuffer written(int region, long offset, byte... data) {
        return payload(16 + data.length)
                .putLong(offset)
                .putInt(region)
                .putInt(data.length)
                .put(data);
    }

    /** Writes to a place in a BAR, or in the configuration space. */
    void put(int region, long offset, int width, int value) {
        byte[] data = new byte[width];
        for (int i = 0; i < width; i++) {
            data[i] = (byte) (value >>> (8 * i));
        }
        assertEquals(0, write(region, offset, data));
    }

    int get(int region, long offset, int width) {
        assertEquals(0, read(region, offset, width));
        int value = 0;
        for (int i = 0; i < width; i++) {
            value |= socket.received().payload().read8(16 + i) << (8 * i);
        }
        return value;
    }

    int irqs(int flags, int kind, int start, int count, int... fds) {
        return send(
                Command.DEVICE_SET_IRQS,
                payload(20).putInt(20).putInt(flags).putInt(kind).putInt(start).putInt(count),
                fds);
    }

    /** All of it, whatever was put last. */
    static byte[] bytes(ByteBuffer payload) {
        byte[] bytes = new byte[payload.capacity()];
        payload.rewind().get(bytes);
        return bytes;
    }

    static ByteBuffer payload(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        socket.close();
    }
}
