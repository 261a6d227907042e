package org.jvirtio.net;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jvirtio.DeviceType;
import org.jvirtio.device.NetDriver;
import org.jvirtio.device.NetReceiveQueue;
import org.jvirtio.device.NetTransmitQueue;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/** A network device in this process with our driver, on a hub with others of the same test. */
final class Station implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    final NetDriver driver;

    Station(String options) {
        PciFunction function = EmulatedDevices.parse("net," + options);
        LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
        driver = NetDriver.start(Transports.open(function, DeviceType.NETWORK, choice.require()));
    }

    /** Two stacks on one hub, turned in turn until something is so. */
    static void turnUntil(BooleanSupplier condition, NetStack... stacks) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            for (NetStack stack : stacks) {
                stack.turn();
            }
            assertTrue(System.nanoTime() - begin < LIMIT.toNanos(), "nothing came of it");
        }
    }

    /** Puts a frame on the wire as it is. */
    void send(byte[] frame) {
        NetTransmitQueue transmit = driver.transmit(0);
        transmit.harvest();
        int buffer = transmit.take();
        transmit.memory().copyFrom(transmit.frame(buffer), frame, 0, frame.length);
        assertTrue(transmit.offer(buffer, frame.length));
        transmit.submit();
    }

    /** The next frame on the wire. */
    byte[] receive() {
        NetReceiveQueue receive = driver.receive(0);
        receive.refill();
        int count;
        do {
            count = receive.await(1);
        } while (count == 0);
        byte[] frame = new byte[receive.length(0)];
        receive.copyTo(0, frame, 0);
        return frame;
    }

    /** A frame in memory of exactly its length, so that a read past its end is found. */
    static Frame frame(byte[] bytes) {
        NativeMemory memory = NativeMemory.allocateFor(bytes, bytes.length);
        memory.copyFrom(0, bytes, 0, bytes.length);
        return new Frame().at(memory, 0, bytes.length);
    }

    @Override
    public void close() {
        driver.close();
    }
}
