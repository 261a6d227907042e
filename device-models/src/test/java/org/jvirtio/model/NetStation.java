package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.jvirtio.memory.DmaRegion;

/** A driver of one network function, with both of its queues. */
final class NetStation {

    static final long MTU = 1 << 3;
    static final long MAC = 1 << 5;
    static final long MRG_RXBUF = 1 << 15;
    static final long STATUS = 1 << 16;

    private static final int HEADER_BYTES = 12;

    final EmulatedFunction function;
    final MiniDriver driver;
    final MiniQueue receive;
    final MiniQueue transmit;
    final List<DmaRegion> buffers = new ArrayList<>();

    NetStation(String options, long features) {
        this(EmulatedDevices.parse("net,queue=16" + options), features);
    }

    NetStation(EmulatedFunction function, long features) {
        this.function = function;
        driver = MiniDriver.virtio1(function);
        assertEquals(11, driver.negotiate(features | MiniDriver.VERSION_1));
        receive = driver.enableQueue(0, 16);
        transmit = driver.enableQueue(1, 16);
        driver.running();
    }

    void offerBuffers(int... lengths) {
        for (int length : lengths) {
            DmaRegion buffer = receive.writable(length);
            buffers.add(buffer);
            receive.offer(receive.chain(List.of(), List.of(buffer)));
        }
        driver.ring(0);
    }

    void send(byte[] frame) {
        byte[] bytes = new byte[HEADER_BYTES + frame.length];
        System.arraycopy(frame, 0, bytes, HEADER_BYTES, frame.length);
        sendRaw(bytes);
    }

    void sendRaw(byte[] bytes) {
        transmit.offer(transmit.chain(List.of(transmit.readable(bytes)), List.of()));
        driver.ring(1);
    }

    byte[] received(int index) {
        byte[] bytes = new byte[receive.usedLength(index)];
        buffers.get(index).memory().copyTo(0, bytes, 0, bytes.length);
        return bytes;
    }

    void awaitReceived(int count) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> {
                    while (receive.usedIndex() != count) {
                        Thread.onSpinWait();
                    }
                });
    }

    void assertNoComplaints() {
        assertTrue(function.complaints().isEmpty(), complaints());
    }

    int config8(int offset) {
        return driver.configBar.read8(driver.configAt + offset);
    }

    int config16(int offset) {
        return driver.configBar.read16(driver.configAt + offset);
    }

    String complaints() {
        return function.complaints().toString();
    }

    static byte[] frame(int length) {
        byte[] frame = new byte[length];
        new Random(length).nextBytes(frame);
        return frame;
    }

    /** As it is received: num_buffers ends the header. */
    static byte[] withHeader(int numBuffers, byte[] frame) {
        byte[] bytes = new byte[HEADER_BYTES + frame.length];
        bytes[10] = (byte) numBuffers;
        System.arraycopy(frame, 0, bytes, HEADER_BYTES, frame.length);
        return bytes;
    }
}
