package org.jvirtio.vfiouser;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jvirtio.linux.PassedDescriptors;
import org.jvirtio.linux.UnixListener;
import org.jvirtio.linux.UnixSocket;
import org.jvirtio.memory.NativeMemory;

/**
 * A server that knows none of our words: it answers by numbers copied from the tables of the
 * specification, and keeps the bytes of every message that it gets.
 */
final class WireCapture implements AutoCloseable {

    /** One message as it came. */
    record Message(int command, boolean reply, String bytes, int descriptors) {}

    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final NativeMemory in = NativeMemory.allocate(4096);
    private final NativeMemory out = NativeMemory.allocate(4096);
    private final NativeMemory config = NativeMemory.allocate(256);
    private final PassedDescriptors passed = new PassedDescriptors();
    private final UnixListener listener;
    private final Thread thread;

    WireCapture(Path path) {
        config.write32(0, 0x1041_1af4);
        config.write8(6, 0x10);
        config.write8(0x34, 0x40);
        config.write32(0x40, 3 << 16 | 0x11);
        listener = UnixListener.bind(path);
        thread = new Thread(this::serve, "wire capture");
        thread.setDaemon(true);
        thread.start();
    }

    /** The bytes of each message of a command, in their order. */
    List<Message> of(int command) {
        List<Message> found = new ArrayList<>();
        for (Message message : messages) {
            if (message.command == command) {
                found.add(message);
            }
        }
        return found;
    }

    private void serve() {
        try (UnixSocket client = listener.accept(TimeUnit.SECONDS.toNanos(10))) {
            while (receive(client)) {
                if (in.read32(8) == 0) {
                    answer(client);
                }
            }
        }
    }

    private boolean receive(UnixSocket client) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        if (client.receive(in.address(), 16, passed, 8, end) != 16) {
            return false;
        }
        int rest = in.read32(4) - 16;
        if (client.receive(in.address() + 16, rest, passed, 8, end) != rest) {
            return false;
        }
        byte[] bytes = new byte[16 + rest];
        in.copyTo(0, bytes, 0, bytes.length);
        String hex = HexFormat.ofDelimiter(" ").formatHex(bytes);
        messages.add(new Message(in.read16(2), in.read32(8) != 0, hex, passed.count()));
        passed.closeRest();
        return true;
    }

    private void answer(UnixSocket client) {
        int command = in.read16(2);
        if (command == 13) {
            ask(client, 11, 0x0000_0001_0000_0100L, 0); // DMA_READ of four bytes
            ask(client, 12, 0x0000_0001_0000_0104L, 4); // DMA_WRITE of four bytes
        }
        long request = in.read64(0);
        int payload = payload(command);
        out.write64(0, request);
        out.write32(4, 16 + payload);
        out.write32(8, payload < 0 ? 0x21 : 1);
        out.write32(12, payload < 0 ? 95 : 0);
        send(client, Math.max(0, payload) + 16);
    }

    /** A command of the server's own with id 0x5a5a, whose reply is captured. */
    private void ask(UnixSocket client, int command, long address, int data) {
        long request = in.read64(0);
        out.fill(0, 64, 0);
        out.write16(0, 0x5a5a);
        out.write16(2, command);
        out.write32(4, 32 + data);
        out.write64(16, address);
        out.write64(24, 4);
        out.write32(32, 0x0d0c0b0a);
        send(client, 32 + data);
        receive(client);
        in.write64(0, request);
    }

    private void send(UnixSocket client, int length) {
        out.write32(4, length);
        client.outgoing().piece(out.address(), length);
        client.send(System.nanoTime() + TimeUnit.SECONDS.toNanos(1));
        client.outgoing().clear();
    }

    /** Writes what is behind the header; its length, or -1: not known. */
    private int payload(int command) {
        out.fill(16, 64, 0);
        int index = in.read32(24);
        return switch (command) {
            case 1 -> version();
            case 4 -> words(16, 3, 9, 5);
            case 5 -> {
                words(32, 3, index, 0, index == 1 ? 0x1000 : index == 7 ? 256 : 0, 0, 0);
                yield 32;
            }
            case 7 -> words(16, 1, index, 4);
            case 9 -> access(true);
            case 10 -> access(false);
            case 3 -> {
                out.copyFrom(16, in, 16, 24);
                yield 24;
            }
            case 6 -> -1;
            default -> 0;
        };
    }

    private int version() {
        byte[] json = "{\"capabilities\":{\"max_msg_fds\":8}}\0".getBytes(StandardCharsets.UTF_8);
        out.write16(18, 1);
        out.copyFrom(20, json, 0, json.length);
        return 4 + json.length;
    }

    private int words(int... words) {
        for (int i = 0; i < words.length; i++) {
            out.write32(16 + 4L * i, words[i]);
        }
        return 4 * words.length;
    }

    private int access(boolean read) {
        long offset = in.read64(16);
        int count = in.read32(28);
        out.copyFrom(16, in, 16, 16);
        if (in.read32(24) != 7) {
            return read ? 16 + count : 16;
        }
        if (read) {
            out.copyFrom(32, config, offset, count);
            return 16 + count;
        }
        config.copyFrom(offset, in, 32, count);
        return 16;
    }

    @Override
    public void close() {
        listener.shutdown();
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        listener.close();
    }
}
