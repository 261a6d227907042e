package org.jvirtio.proofs;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jvirtio.linux.EventFd;
import org.jvirtio.linux.MemoryFile;
import org.jvirtio.linux.PassedDescriptors;
import org.jvirtio.linux.SocketMessage;
import org.jvirtio.linux.UnixListener;
import org.jvirtio.linux.UnixSocket;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.vfiouser.Command;
import org.jvirtio.vfiouser.DmaAccessField;
import org.jvirtio.vfiouser.HeaderField;

/**
 * A vfio-user server that is a stream of bytes. One says what it offers, then one for each command
 * what becomes of its answer; when there are no more the rest is honest.
 */
final class HostileServer implements AutoCloseable {

    private static final int ROOM = 1 << 16;

    private final Path path;
    private final byte[] program;
    private final UnixListener listener;
    private final Thread thread;
    private final MemoryFile file = MemoryFile.create(0x4000);
    private final EventFd event = new EventFd();
    private final UnixSocket.Pair twin = UnixSocket.pair();
    private final NativeMemory in = NativeMemory.allocate(2 << 20);
    private final NativeMemory out = NativeMemory.allocate(ROOM);
    private final HonestAnswers answers;
    private final PassedDescriptors passed = new PassedDescriptors();
    private int next;
    private UnixSocket client;

    HostileServer(Path path, byte[] program) {
        this.path = path;
        this.program = program;
        answers = new HonestAnswers(in, out, take());
        listener = UnixListener.bind(path);
        thread = new Thread(this::serve, "hostile server");
        thread.setDaemon(true);
        thread.start();
    }

    /** The next byte; 0 where there are none. */
    private int take() {
        return next < program.length ? program[next++] & 0xff : 0;
    }

    private int take32() {
        return take() | take() << 8 | take() << 16 | take() << 24;
    }

    private void serve() {
        client = listener.accept(TimeUnit.SECONDS.toNanos(5));
        if (client == null) {
            return;
        }
        while (receive()) {
            boolean isReply = (in.read32(HeaderField.FLAGS.offset()) & 1) != 0;
            if (!isReply && !answer()) {
                break;
            }
        }
        passed.closeRest();
        client.close();
    }

    private boolean receive() {
        passed.closeRest();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        if (client.receive(in.address(), HeaderField.LENGTH, passed, 64, end)
                != HeaderField.LENGTH) {
            return false;
        }
        int rest = in.read32(HeaderField.SIZE.offset()) - HeaderField.LENGTH;
        return client.receive(in.address() + HeaderField.LENGTH, rest, passed, 64, end) == rest;
    }

    /** Answers one command in some way; false if the connection is to end. */
    private boolean answer() {
        int way = take() % 10;
        if (way == 6) {
            askForMemory();
        }
        int length = answers.write();
        switch (way) {
            case 1 -> spoil(length);
            case 2 -> length = answers.error(take());
            case 3 -> length = 0;
            case 4 -> {
                return false;
            }
            case 5 -> attachMore();
            case 7 -> length = noise();
            case 8 -> length = Math.min(length, take());
            default -> {}
        }
        attach();
        return send(client, length) && (way != 9 || send(client, length));
    }

    private void spoil(int length) {
        for (int i = take() % 8; i >= 0; i--) {
            int at = (take() | take() << 8) % length;
            out.write8(at, take());
        }
    }

    private int noise() {
        int count = take();
        for (int i = 0; i < count; i++) {
            out.write8(i, take());
        }
        return count;
    }

    private void attachMore() {
        SocketMessage message = client.outgoing();
        int kind = take();
        for (int i = take() % 70; i > 0; i--) {
            message.attach(kind % 2 == 0 ? file.descriptor().fd() : event.fd());
        }
    }

    private void attach() {
        switch (answers.descriptor()) {
            case FILE -> client.outgoing().attach(file.descriptor().fd());
            case EVENT -> client.outgoing().attach(event.fd());
            case TWIN -> client.outgoing().attach(twin.second().fd());
            case NONE -> {}
        }
    }

    /** Reads or writes memory of the client, near where that is, as a command of its own. */
    private void askForMemory() {
        boolean write = take() % 2 != 0;
        long address = (1L << 32) + take32();
        int count = take() % 64 == 63 ? take32() : take();
        Command command = write ? Command.DMA_WRITE : Command.DMA_READ;
        int data = write ? Math.floorMod(count, 256) : 0;
        out.fill(0, HeaderField.LENGTH + DmaAccessField.LENGTH + data, 0);
        out.write16(HeaderField.COMMAND.offset(), command.number());
        int size = HeaderField.LENGTH + DmaAccessField.LENGTH + data;
        out.write32(HeaderField.SIZE.offset(), size);
        out.write64(HeaderField.LENGTH + DmaAccessField.ADDRESS.offset(), address);
        out.write64(HeaderField.LENGTH + DmaAccessField.COUNT.offset(), count);
        boolean own = answers.offersTwin() && take() % 2 == 0;
        send(own ? twin.first() : client, size);
    }

    private boolean send(UnixSocket socket, int length) {
        socket.outgoing().piece(out.address(), length);
        int done = socket.send(System.nanoTime() + TimeUnit.SECONDS.toNanos(1));
        socket.outgoing().clear();
        return done == 0;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        listener.shutdown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new AssertionError("the server still talks to a client that is closed");
        }
        listener.close();
        file.close();
        event.close();
        twin.first().close();
        twin.second().close();
        answers.close();
        in.close();
        out.close();
    }
}
