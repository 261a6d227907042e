package org.jvirtio.proofs;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jvirtio.linux.Descriptor;
import org.jvirtio.linux.EventFd;
import org.jvirtio.linux.Libc;
import org.jvirtio.linux.PassedDescriptors;
import org.jvirtio.linux.UnixSocket;
import org.jvirtio.memory.NativeMemory;

/**
 * A client of vfio-user that sends what a fuzzer makes of the protocol: messages whose fields are
 * nearly right, headers that lie, memory whose file it cuts short, rings full of anything.
 */
final class HostileClient implements AutoCloseable {

    private static final int MEMORY = 0x4000;
    private static final long ADDRESS = 0x10_0000;
    private static final int HEADER = 16;
    private static final int MOST_PAYLOAD = 256;
    private static final int VERSION = 1;
    private static final int DMA_MAP = 2;
    private static final int DMA_UNMAP = 3;
    private static final int REGION_WRITE = 10;
    private static final long SEND_NANOS = 1_000_000_000L;

    private final FuzzedDataProvider data;
    private final UnixSocket socket;
    private final Path file;
    private final Descriptor memory;
    private final EventFd event = new EventFd();
    private final PassedDescriptors passed = new PassedDescriptors();
    private final NativeMemory message = NativeMemory.allocate(HEADER + MOST_PAYLOAD);
    private final NativeMemory answers = NativeMemory.allocate(1 << 16);
    private boolean over;

    HostileClient(FuzzedDataProvider data, UnixSocket socket, Path directory) {
        this.data = data;
        this.socket = socket;
        file = directory.resolve("memory");
        contents(new byte[MEMORY]);
        memory = Descriptor.open(file.toString(), Libc.O_RDWR, "");
    }

    /** Sends until the data end, or the server has had enough. */
    void talk() {
        if (data.consumeInt(0, 9) > 0) {
            message.write32(HEADER, 0x20000); // major 0, minor 2, no JSON
            send(VERSION, 4, 0);
        }
        for (int i = 0; i < 64 && !over && data.remainingBytes() > 0; i++) {
            step();
            drain();
        }
    }

    private void step() {
        switch (data.consumeInt(0, 9)) {
            case 0 -> anything();
            case 1 -> map();
            case 2 -> unmap();
            case 3, 4 -> write(4, data.consumeInt(0, 63), data.consumeInt(0, 5));
            case 5 -> start();
            case 6 -> contents(data.consumeBytes(MEMORY));
            case 7 -> write(4, 0x3000, 2);
            case 8 -> header();
            default -> cutShort();
        }
    }

    /** Any command with any payload, and sometimes descriptors. */
    private void anything() {
        byte[] payload = data.consumeBytes(data.consumeInt(0, MOST_PAYLOAD));
        message.copyFrom(HEADER, payload, 0, payload.length);
        for (int i = data.consumeInt(0, 2); i > 0; i--) {
            socket.outgoing().attach(data.consumeBoolean() ? event.fd() : memory.fd());
        }
        send(data.consumeInt(0, 20), payload.length, data.consumeInt(0, 0x3f));
    }

    private void map() {
        boolean usual = data.consumeBoolean();
        message.write32(HEADER, 32);
        message.write32(HEADER + 4, usual ? 3 : data.consumeInt());
        message.write64(HEADER + 8, usual ? 0 : data.consumeLong());
        message.write64(HEADER + 16, usual ? ADDRESS : data.consumeLong());
        message.write64(HEADER + 24, usual ? MEMORY : data.consumeLong());
        if (usual || data.consumeBoolean()) {
            socket.outgoing().attach(memory.fd());
        }
        send(DMA_MAP, 32, 0);
    }

    private void unmap() {
        message.write32(HEADER, 24);
        message.write32(HEADER + 4, 0);
        message.write64(HEADER + 8, data.consumeBoolean() ? ADDRESS : data.consumeLong());
        message.write64(HEADER + 16, data.consumeBoolean() ? MEMORY : data.consumeLong());
        send(DMA_UNMAP, 24, 0);
    }

    /** Starts a virtio 1.x device with its first queue in the memory, as a driver does. */
    private void start() {
        write(7, 4, 2, 0x6);
        write(4, 20, 1, 3);
        write(4, 8, 4, 1);
        write(4, 12, 4, data.consumeBoolean() ? 1 : data.consumeInt());
        write(4, 20, 1, 11);
        write(4, 32, 4, (int) ADDRESS);
        write(4, 40, 4, (int) ADDRESS + 0x1000);
        write(4, 48, 4, (int) ADDRESS + 0x2000);
        write(4, 28, 2, 1);
        write(4, 20, 1, 15);
    }

    private void write(int region, long offset, int width) {
        write(region, offset, width, data.consumeInt());
    }

    private void write(int region, long offset, int width, int value) {
        message.write64(HEADER, offset);
        message.write32(HEADER + 8, region);
        message.write32(HEADER + 12, width);
        message.write64(HEADER + 16, value);
        send(REGION_WRITE, 16 + width, 0x10); // no reply
    }

    /** A header that says whatever it says, with nothing behind it. */
    private void header() {
        byte[] bytes = data.consumeBytes(HEADER);
        message.copyFrom(0, bytes, 0, bytes.length);
        message.write32(4, data.consumeInt());
        deliver(HEADER);
    }

    private void cutShort() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(data.consumeInt(0, MEMORY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void contents(byte[] bytes) {
        try {
            Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(int command, int payload, int flags) {
        message.write16(0, 1);
        message.write16(2, command);
        message.write32(4, HEADER + payload);
        message.write32(8, flags);
        message.write32(12, 0);
        deliver(HEADER + payload);
    }

    private void deliver(int bytes) {
        socket.outgoing().piece(message.address(), bytes);
        over |= socket.send(System.nanoTime() + SEND_NANOS) < 0;
        socket.outgoing().clear();
    }

    /** Takes what the server answers, so that it is never the one that waits. */
    private void drain() {
        while (!over && socket.awaitReadable(0)) {
            long got =
                    socket.receive(
                            answers.address(),
                            1,
                            passed,
                            PassedDescriptors.MOST,
                            System.nanoTime());
            passed.closeRest();
            over |= got <= 0;
        }
    }

    @Override
    public void close() {
        socket.close();
        memory.close();
        event.close();
        message.close();
        answers.close();
    }
}
