package org.jvirtio.proofs;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Listens as a QEMU does whose bus has one device, and answers for it; any answer may be the
 * fuzzer's instead. The device gets no further than its registers: it reaches no memory.
 */
final class HostileQemu implements AutoCloseable {

    private static final int MEMORY_BYTES = 4 << 20;
    private static final int LONGER_THAN_A_LINE = 5000;
    private static final long LEAVE_MILLIS = 2000;

    private static int sockets;

    private final Path socket;
    private final Path memory;
    private final RandomAccessFile bytes;
    private final PlayedBus bus;
    private final FuzzedDataProvider data;
    private final ServerSocketChannel server;
    private final Thread thread;

    HostileQemu(Path directory, String device, FuzzedDataProvider data) throws IOException {
        socket = directory.resolve("q" + ++sockets);
        memory = directory.resolve("ram");
        bytes = new RandomAccessFile(memory.toFile(), "rw");
        bytes.setLength(MEMORY_BYTES);
        bus = new PlayedBus(device);
        this.data = data;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        thread = new Thread(this::serve, "hostile-qemu");
        thread.setDaemon(true);
        thread.start();
    }

    Path socket() {
        return socket;
    }

    Path memory() {
        return memory;
    }

    /** Both ends of the connection are closed soon, or somebody still has it. */
    void requireLeft() throws IOException {
        server.close();
        try {
            thread.join(LEAVE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new AssertionError("the connection was not closed");
        }
    }

    private void serve() {
        try (SocketChannel channel = server.accept()) {
            BufferedReader commands =
                    new BufferedReader(Channels.newReader(channel, StandardCharsets.US_ASCII));
            boolean talks = true;
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                talks = talks && send(channel, line);
            }
        } catch (IOException e) {
            return; // The client left in the middle, as it may.
        }
    }

    /** False if there is nothing more to be said. */
    private boolean send(SocketChannel channel, String line) throws IOException {
        String truth = truth(line);
        boolean lies = data.remainingBytes() > 0 && data.consumeInt(0, 11) == 0;
        int kind = lies ? data.consumeInt(0, 8) : -1;
        byte[] answer =
                kind == 0
                        ? data.consumeBytes(data.consumeInt(0, 60))
                        : lie(kind, truth).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.wrap(answer);
        while (out.hasRemaining()) {
            channel.write(out);
        }
        if (kind == 1) {
            channel.shutdownOutput();
        }
        return kind != 1;
    }

    private String lie(int kind, String truth) {
        return switch (kind) {
            case 1 -> truth.substring(0, data.consumeInt(0, truth.length()));
            case 2 -> "OK 0x" + Long.toHexString(data.consumeLong()) + "\n";
            case 3 -> "OK 0x" + Integer.toHexString(data.consumeInt(0, 0xff)) + "\n";
            case 4 -> "IRQ raise " + data.consumeInt(-1, 1100) + "\n" + truth;
            case 5 -> "IRQ lower " + data.consumeInt(0, 24) + "\n" + truth;
            case 6 -> truth + truth;
            case 7 -> "FAIL " + truth;
            case 8 -> "O".repeat(LONGER_THAN_A_LINE);
            default -> truth;
        };
    }

    private String truth(String line) throws IOException {
        String[] words = line.split(" ", -1);
        if (words[0].equals("endianness")) {
            return "OK little\n";
        }
        if (words[0].equals("readq")) {
            bytes.seek(Long.decode(words[1]));
            return "OK 0x" + Long.toHexString(Long.reverseBytes(bytes.readLong())) + "\n";
        }
        return words[0].startsWith("clock") ? "FAIL Unknown command\n" : bus.answer(words);
    }

    @Override
    public void close() throws IOException {
        server.close();
        bytes.close();
        socket.toFile().delete();
    }
}
