package org.jvirtio.proofs;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import org.jvirtio.linux.PassedDescriptors;
import org.jvirtio.linux.UnixSocket;
import org.jvirtio.memory.NativeMemory;

/**
 * A client of vfio-user that gives no descriptor of its memory, and answers for it what a fuzzer
 * makes of the protocol: rings full of anything, and answers that are nearly right.
 */
final class AskedClient implements AutoCloseable {

    private static final long ADDRESS = 0x10_0000;
    private static final int MEMORY = 0x4000;
    private static final int HEADER = 16;
    private static final int ROOM = 1 << 17;
    private static final int VERSION = 1;
    private static final int DMA_MAP = 2;
    private static final int REGION_WRITE = 10;
    private static final int DMA_READ = 11;
    private static final int REPLY = 1;
    private static final int ERROR = 0x20;
    private static final int NO_REPLY = 0x10;
    private static final int MOST_ANSWERS = 400;
    private static final long SOON = 20_000_000L;
    private static final long LIMIT = 1_000_000_000L;

    private final FuzzedDataProvider data;
    private final UnixSocket socket;
    private final PassedDescriptors passed = new PassedDescriptors();
    private final NativeMemory out = NativeMemory.allocate(ROOM);
    private final NativeMemory in = NativeMemory.allocate(ROOM);
    private boolean over;

    AskedClient(FuzzedDataProvider data, UnixSocket socket) {
        this.data = data;
        this.socket = socket;
    }

    /** Starts the device, rings, and answers until the data end or the server has had enough. */
    void talk() {
        out.write32(HEADER, 0x20000); // major 0, minor 2, no JSON
        send(1, VERSION, 4, 0);
        map();
        start();
        for (int i = 0; i < MOST_ANSWERS && !over && data.remainingBytes() > 0; i++) {
            if (i % 8 == 0) {
                write(4, 0x3000, 2, data.consumeInt(0, 2));
            }
            next();
        }
    }

    private void map() {
        out.write32(HEADER, 32);
        out.write32(HEADER + 4, data.consumeInt(1, 3));
        out.write64(HEADER + 8, 0);
        out.write64(HEADER + 16, ADDRESS);
        out.write64(HEADER + 24, MEMORY);
        send(2, DMA_MAP, 32, NO_REPLY);
    }

    /** A virtio 1.x device with its first queue in the memory, split or packed as it offers. */
    private void start() {
        write(7, 4, 2, 0x6);
        write(4, 20, 1, 3);
        write(4, 8, 4, 1);
        write(4, 12, 4, data.consumeBoolean() ? 1 : 5);
        write(4, 20, 1, 11);
        write(4, 24, 2, 1 << data.consumeInt(0, 7));
        write(4, 32, 4, (int) ADDRESS);
        write(4, 40, 4, (int) ADDRESS + 0x1000);
        write(4, 48, 4, (int) ADDRESS + 0x2000);
        write(4, 28, 2, 1);
        write(4, 20, 1, 15);
    }

    private void write(int region, long offset, int width, int value) {
        out.write64(HEADER, offset);
        out.write32(HEADER + 8, region);
        out.write32(HEADER + 12, width);
        out.write64(HEADER + 16, value);
        send(3, REGION_WRITE, 16 + width, NO_REPLY);
    }

    /** Takes one message of the server, if it sends one, and answers a command. */
    private void next() {
        if (over || !socket.awaitReadable(SOON)) {
            return;
        }
        receive(0, HEADER);
        int size = over ? HEADER : in.read32(4);
        receive(HEADER, size - HEADER);
        if (!over && (in.read32(8) & REPLY) == 0) {
            answer();
        }
    }

    private void answer() {
        boolean read = in.read16(2) == DMA_READ;
        int count = (int) in.read64(HEADER + 8);
        out.copyFrom(HEADER, in, HEADER, 16);
        out.fill(HEADER + 16, count, 0);
        byte[] bytes = data.consumeBytes(data.consumeInt(0, count));
        out.copyFrom(HEADER + 16, bytes, 0, bytes.length);
        int length = read ? 16 + count : 16;
        int id = in.read16(0);
        int command = in.read16(2);
        switch (data.consumeInt(0, 40)) {
            case 0 -> send(id + 1, command, length, REPLY);
            case 1 -> send(id, command + 1, length, REPLY);
            case 2 -> send(id, command, 0, REPLY | ERROR);
            case 3 -> send(id, command, data.consumeInt(0, length), REPLY);
            case 4 -> send(id, command, length + 1, REPLY);
            case 5 -> {
                byte[] wrong = data.consumeBytes(Long.BYTES);
                out.copyFrom(HEADER + data.consumeInt(0, 8), wrong, 0, wrong.length);
                send(id, command, length, REPLY);
            }
            case 6 -> write(4, 20, 1, data.consumeInt(0, 15));
            case 7 -> over = true;
            default -> send(id, command, length, REPLY);
        }
    }

    private void receive(int at, int count) {
        if (!over && count > 0) {
            long got =
                    socket.receive(
                            in.address() + at,
                            count,
                            passed,
                            PassedDescriptors.MOST,
                            System.nanoTime() + LIMIT);
            passed.closeRest();
            over |= got != count;
        }
    }

    private void send(int id, int command, int payload, int flags) {
        out.write16(0, id);
        out.write16(2, command);
        out.write32(4, HEADER + payload);
        out.write32(8, flags);
        out.write32(12, flags > REPLY ? 14 : 0);
        socket.outgoing().clear();
        socket.outgoing().piece(out.address(), HEADER + payload);
        over |= socket.send(System.nanoTime() + LIMIT) < 0;
        socket.outgoing().clear();
    }

    @Override
    public void close() {
        socket.close();
        out.close();
        in.close();
    }
}
