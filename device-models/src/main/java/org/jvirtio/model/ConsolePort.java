package org.jvirtio.model;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * One port of a console model (virtio 1.4 section 5.3.6.1): buffers that wait for bytes of the
 * host, and bytes that wait for room at the host. Both stay the driver's, so there are never more
 * than its queues hold.
 *
 * <p>Used under the function's lock, except where {@link ConsoleBackend.Port} says so.
 */
final class ConsolePort implements ConsoleBackend.Port, AutoCloseable {

    private static final int PIECE = 4096;

    final int id;
    private final ConsoleBackend backend;
    private final ModelHost host;
    private final Runnable hostMoved;
    private final Deque<ModelChain> buffers = new ArrayDeque<>();
    private final Deque<ModelChain> output = new ArrayDeque<>();
    private final byte[] piece = new byte[PIECE];

    /** Bytes of the first chain of {@link #output} that the host has. */
    private long sent;

    private boolean driverOpen;
    private boolean hostOpen;

    /**
     * Makes a port.
     *
     * @param hostMoved is run under the lock when somebody came to the other end or left it
     */
    ConsolePort(int id, ConsoleBackend backend, ModelHost host, Runnable hostMoved) {
        this.id = id;
        this.backend = backend;
        this.host = host;
        this.hostMoved = hostMoved;
    }

    void connect() {
        backend.connect(this);
    }

    /** Queue 0, or 4, 6, ... (section 5.3.2). */
    int receiveQueue() {
        return id == 0 ? 0 : 2 + 2 * id;
    }

    private int transmitQueue() {
        return receiveQueue() + 1;
    }

    boolean isHostOpen() {
        return hostOpen;
    }

    /** What the driver said with PORT_OPEN; before, it takes no bytes. */
    void driverOpen(boolean open) {
        driverOpen = open;
        if (open) {
            backend.driverReady();
        }
    }

    void clear() {
        buffers.clear();
        output.clear();
        sent = 0;
    }

    void addBuffer(ModelChain chain) {
        buffers.add(chain);
        backend.driverReady();
    }

    void addOutput(ModelChain chain) {
        output.add(chain);
        pump();
    }

    /** A byte that was written to emerg_wr: it goes before what waits, or is lost. */
    void emergency(int value) {
        backend.transmit(new byte[] {(byte) value}, 1);
    }

    @Override
    public int receive(byte[] bytes, int count) {
        int[] taken = new int[1];
        host.locked(
                () ->
                        host.serveNow(
                                receiveQueue(),
                                () -> {
                                    if (driverOpen) {
                                        fill(bytes, count, taken);
                                    }
                                }));
        return taken[0];
    }

    @Override
    public void transmitOn() {
        host.locked(() -> host.serveNow(transmitQueue(), this::pump));
    }

    @Override
    public void hostOpen(boolean open) {
        host.locked(
                () -> {
                    hostOpen = open;
                    hostMoved.run();
                });
    }

    @Override
    public void close() {
        backend.close();
    }

    private void fill(byte[] bytes, int count, int[] taken) {
        buffers.removeIf(ModelChain::isForgotten); // Of a queue that was reset.
        while (taken[0] < count && !buffers.isEmpty()) {
            ModelChain chain = buffers.remove();
            int length = (int) Math.min(chain.writableLength(), count - taken[0]);
            chain.write(0, Arrays.copyOfRange(bytes, taken[0], taken[0] + length), length);
            chain.complete(length);
            taken[0] += length;
        }
    }

    /** Gives the host as much as it takes. */
    private void pump() {
        dropForgotten();
        while (!output.isEmpty()) {
            ModelChain chain = output.element();
            if (!send(chain)) {
                return;
            }
            output.remove();
            sent = 0;
            chain.complete(0);
        }
    }

    /** True if all of the chain was taken. */
    private boolean send(ModelChain chain) {
        while (sent < chain.readableLength()) {
            int length = (int) Math.min(PIECE, chain.readableLength() - sent);
            chain.read(sent, piece, length);
            int taken = backend.transmit(piece, length);
            if (taken == 0) {
                return false;
            }
            sent += taken;
        }
        return true;
    }

    private void dropForgotten() {
        if (!output.isEmpty() && output.element().isForgotten()) {
            sent = 0;
        }
        output.removeIf(ModelChain::isForgotten);
    }
}
