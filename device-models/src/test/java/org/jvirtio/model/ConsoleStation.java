package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assertions;
import org.jvirtio.memory.DmaRegion;

/** The least of a console driver, over bare queues in the virtio1 layout. */
final class ConsoleStation implements AutoCloseable {

    static final long SIZE = 1;
    static final long MULTIPORT = 2;

    private static final int ENTRIES = 16;

    final EmulatedFunction function;
    final MiniDriver driver;
    private final Map<Integer, MiniQueue> queues = new HashMap<>();
    private final Map<Integer, List<DmaRegion>> buffers = new HashMap<>();

    ConsoleStation(EmulatedFunction function, long features, int queueCount) {
        this.function = function;
        driver = MiniDriver.virtio1(function);
        assertEquals(11, driver.negotiate(features | MiniDriver.VERSION_1));
        for (int i = 0; i < queueCount; i++) {
            queues.put(i, driver.enableQueue(i, ENTRIES));
            buffers.put(i, new ArrayList<>());
        }
        driver.running();
    }

    static ConsoleStation of(String options) {
        return new ConsoleStation(EmulatedDevices.parse("console,queue=16" + options), 0, 2);
    }

    void offerBuffers(int queue, int count, int length) {
        MiniQueue ring = queues.get(queue);
        for (int i = 0; i < count; i++) {
            DmaRegion buffer = ring.writable(length);
            buffers.get(queue).add(buffer);
            ring.offer(ring.chain(List.of(), List.of(buffer)));
        }
        driver.ring(queue);
    }

    void send(int queue, byte[] bytes) {
        MiniQueue ring = queues.get(queue);
        ring.offer(ring.chain(List.of(ring.readable(bytes)), List.of()));
        driver.ring(queue);
    }

    void send(int queue, String text) {
        send(queue, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A control message. */
    void say(int port, int event, int value) {
        ByteBuffer message = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        send(3, message.putInt(port).putShort((short) event).putShort((short) value).array());
    }

    int used(int queue) {
        return queues.get(queue).usedIndex();
    }

    byte[] bytes(int queue, int index) {
        byte[] bytes = new byte[queues.get(queue).usedLength(index)];
        buffers.get(queue).get(index).memory().copyTo(0, bytes, 0, bytes.length);
        return bytes;
    }

    /** All that was received so far. */
    String text(int queue) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < used(queue); i++) {
            all.append(new String(bytes(queue, i), StandardCharsets.US_ASCII));
        }
        return all.toString();
    }

    /** The control messages so far, as {@code port:event=value+rest}. */
    List<String> heard() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < used(2); i++) {
            ByteBuffer message = ByteBuffer.wrap(bytes(2, i)).order(ByteOrder.LITTLE_ENDIAN);
            String head = message.getInt() + ":" + message.getShort() + "=" + message.getShort();
            byte[] rest = new byte[message.remaining()];
            message.get(rest);
            all.add(
                    rest.length == 0
                            ? head
                            : head + "+" + new String(rest, StandardCharsets.UTF_8));
        }
        return all;
    }

    static void await(BooleanSupplier condition) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> {
                    while (!condition.getAsBoolean()) {
                        Thread.sleep(1);
                    }
                });
    }

    String complaints() {
        return function.complaints().toString();
    }

    void assertNoComplaints() {
        assertTrue(function.complaints().isEmpty(), complaints());
    }

    @Override
    public void close() {
        driver.status(0);
        function.close();
    }
}
