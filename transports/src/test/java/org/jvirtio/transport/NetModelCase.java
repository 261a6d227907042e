package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jvirtio.DeviceType;
import org.jvirtio.DriverNeeds;
import org.jvirtio.RingFeature;
import org.jvirtio.device.NetDriver;
import org.jvirtio.device.NetReceiveQueue;
import org.jvirtio.device.NetTransmitQueue;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.model.FunctionOptions;
import org.jvirtio.model.NetBackend;
import org.jvirtio.model.NetModel;
import org.jvirtio.model.NetOptions;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Policy;

/** A network driver over a model, in one layout with one ring format. */
record NetModelCase(String layout, boolean packed) {

    /** All there are: legacy has no packed rings. */
    static Stream<NetModelCase> all() {
        return Stream.of(
                new NetModelCase("legacy", false),
                new NetModelCase("register-set", false),
                new NetModelCase("register-set", true),
                new NetModelCase("virtio1", false),
                new NetModelCase("virtio1", true));
    }

    Running start(NetOptions options) {
        return start(options, NetDriver.needsWithControl());
    }

    Running start(NetOptions options, DriverNeeds needs) {
        return start(options, needs, 256);
    }

    /** On queues of {@code entries}. */
    Running start(NetOptions options, DriverNeeds needs, int entries) {
        return new Running(this, options, needs, entries);
    }

    /** The driver, the model, and what is on the wire between the model and nobody. */
    static final class Running implements AutoCloseable {

        final List<byte[]> wire = new ArrayList<>();
        final NetModel model;
        final EmulatedFunction function;
        final NetDriver driver;
        private NetBackend.Port port;

        private Running(NetModelCase test, NetOptions options, DriverNeeds needs, int entries) {
            model = new NetModel(new Wire(), options);
            FunctionOptions around = new FunctionOptions().layout(test.layout()).queueSize(entries);
            if (test.packed()) {
                around.offer(RingFeature.RING_PACKED.bit());
            }
            function = new EmulatedFunction("emulated:net", model, around);
            driver =
                    NetDriver.start(
                            Transports.open(
                                    function,
                                    DeviceType.NETWORK,
                                    LayoutChoice.of(function, Policy.AUTO).require()),
                            needs);
            assertEquals(test.packed(), driver.device().has(RingFeature.RING_PACKED));
        }

        void send(int pair, byte[] frame) {
            NetTransmitQueue queue = driver.transmit(pair);
            int buffer = queue.take();
            queue.memory().copyFrom(queue.frame(buffer), frame, 0, frame.length);
            assertTrue(queue.offer(buffer, frame.length));
            queue.submit();
            queue.harvest();
        }

        /** A frame comes in; what the driver finds of it on one pair. */
        List<byte[]> arrive(int pair, byte[] frame) {
            arriveOnly(frame);
            return received(pair);
        }

        void arriveOnly(byte[] frame) {
            port.receive(frame);
        }

        List<byte[]> received(int pair) {
            NetReceiveQueue queue = driver.receive(pair);
            List<byte[]> frames = new ArrayList<>();
            int count = queue.harvest(256);
            for (int i = 0; i < count; i++) {
                byte[] frame = new byte[queue.length(i)];
                queue.copyTo(i, frame, 0);
                frames.add(frame);
            }
            queue.refill();
            return frames;
        }

        boolean receives(byte[] frame) {
            return !arrive(0, frame).isEmpty();
        }

        void assertNoComplaints() {
            assertEquals(List.of(), function.complaints().list());
        }

        @Override
        public void close() {
            driver.close();
        }

        private final class Wire implements NetBackend {

            @Override
            public void connect(Port own) {
                port = own;
            }

            @Override
            public void transmit(byte[] frame) {
                wire.add(frame);
            }
        }
    }

    /** A frame for one station, from a station, of a type that nobody knows. */
    static byte[] frameTo(long to) {
        byte[] frame = new byte[60];
        for (int i = 0; i < 6; i++) {
            frame[i] = (byte) (to >> (8 * (5 - i)));
            frame[6 + i] = (byte) (0x02_00_00_00_00_99L >> (8 * (5 - i)));
        }
        frame[12] = (byte) 0x88;
        frame[13] = (byte) 0xb5;
        return frame;
    }
}
