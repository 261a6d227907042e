package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.memory.DmaRegion;

/** The network device (virtio 1.4 section 5.1), frame by frame. */
class NetModelTest {

    private static final long MTU = 1 << 3;
    private static final long MAC = 1 << 5;
    private static final long MRG_RXBUF = 1 << 15;
    private static final long STATUS = 1 << 16;

    /** A driver of one network function, with both of its queues. */
    private static final class Station {

        final EmulatedFunction function;
        final MiniDriver driver;
        final MiniQueue receive;
        final MiniQueue transmit;
        final int headerBytes;
        final List<DmaRegion> buffers = new ArrayList<>();

        Station(String options, long features) {
            this(EmulatedDevices.parse("net,queue=16" + options), features);
        }

        private Station(EmulatedFunction function, long features) {
            this.function = function;
            driver = MiniDriver.virtio1(function);
            assertEquals(11, driver.negotiate(features | MiniDriver.VERSION_1));
            receive = enable(0);
            transmit = enable(1);
            headerBytes = 12;
            driver.running();
        }

        private MiniQueue enable(int index) {
            MiniQueue queue = new MiniQueue(driver.memory(), 16);
            driver.registers().write16(0x16, index);
            write64(0x20, queue.descriptors());
            write64(0x28, queue.available());
            write64(0x30, queue.used());
            driver.registers().write16(0x1c, 1);
            return queue;
        }

        private void write64(int offset, long value) {
            driver.registers().write32(offset, (int) value);
            driver.registers().write32(offset + 4, (int) (value >>> 32));
        }

        void ring(int index) {
            int multiplier = 4;
            driver.registers().write16(0x3000 + multiplier * index, index);
        }

        void offerBuffers(int... lengths) {
            for (int length : lengths) {
                DmaRegion buffer = receive.writable(length);
                buffers.add(buffer);
                receive.offer(receive.chain(List.of(), List.of(buffer)));
            }
            ring(0);
        }

        void send(byte[] frame) {
            byte[] bytes = new byte[headerBytes + frame.length];
            System.arraycopy(frame, 0, bytes, headerBytes, frame.length);
            sendRaw(bytes);
        }

        void sendRaw(byte[] bytes) {
            transmit.offer(transmit.chain(List.of(transmit.readable(bytes)), List.of()));
            ring(1);
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
            assertTrue(function.complaints().isEmpty(), function.complaints().toString());
        }
    }

    private static byte[] frame(int length) {
        byte[] frame = new byte[length];
        new Random(length).nextBytes(frame);
        return frame;
    }

    private static byte[] withHeader(int numBuffers, byte[] frame) {
        byte[] bytes = new byte[12 + frame.length];
        bytes[10] = (byte) numBuffers;
        System.arraycopy(frame, 0, bytes, 12, frame.length);
        return bytes;
    }

    @Test
    void receivesWhatItSends() {
        Station station = new Station("", MRG_RXBUF);
        station.offerBuffers(1530, 1530);

        station.send(frame(60));
        station.send(frame(1514));

        assertEquals(2, station.transmit.usedIndex());
        assertEquals(0, station.transmit.usedLength(0));
        assertArrayEquals(withHeader(1, frame(60)), station.received(0));
        assertArrayEquals(withHeader(1, frame(1514)), station.received(1));
        station.assertNoComplaints();
    }

    /** Section 5.1.9.4.1: num_buffers is 1 where buffers are not merged. */
    @Test
    void saysOneBufferWithoutMerging() {
        Station station = new Station("", 0);
        station.offerBuffers(1530);

        station.send(frame(64));

        assertArrayEquals(withHeader(1, frame(64)), station.received(0));
    }

    @Test
    void keepsFramesUntilThereAreBuffers() {
        Station station = new Station("", MRG_RXBUF);

        station.send(frame(100));
        assertEquals(0, station.receive.usedIndex());
        station.offerBuffers(1530);

        assertArrayEquals(withHeader(1, frame(100)), station.received(0));
    }

    /** Section 5.1.9.4.1: all buffers but the last are filled, and all are used together. */
    @Test
    void spreadsALongFrameOverManyBuffers() {
        Station station = new Station("", MRG_RXBUF);
        station.send(frame(250));
        station.offerBuffers(100, 100);
        assertEquals(0, station.receive.usedIndex(), "not before there is room for all of it");

        station.offerBuffers(100);

        byte[] whole = withHeader(3, frame(250));
        assertEquals(3, station.receive.usedIndex());
        assertArrayEquals(Arrays.copyOf(whole, 100), station.received(0));
        assertArrayEquals(Arrays.copyOfRange(whole, 100, 200), station.received(1));
        assertArrayEquals(Arrays.copyOfRange(whole, 200, 262), station.received(2));
    }

    @Test
    void losesAFrameThatFitsNoBufferAndSaysSo() {
        Station station = new Station("", 0);
        station.offerBuffers(100, 1530);

        station.send(frame(89));

        assertEquals(0, station.receive.usedIndex());
        assertTrue(station.function.complaints().toString().contains("too short for a frame"));
    }

    @Test
    void hubBringsFramesToTheOtherStationAndNotBack() {
        Station one = new Station(",hub=there,mac=02:00:00:00:00:01", MRG_RXBUF);
        Station two = new Station(",hub=there,mac=02:00:00:00:00:02", MRG_RXBUF);
        Station else3 = new Station(",hub=elsewhere", MRG_RXBUF);
        for (Station station : List.of(one, two, else3)) {
            station.offerBuffers(1530, 1530);
        }

        one.send(frame(64));
        two.awaitReceived(1);
        two.send(frame(65));
        one.awaitReceived(1);

        assertArrayEquals(withHeader(1, frame(64)), two.received(0));
        assertArrayEquals(withHeader(1, frame(65)), one.received(0));
        assertEquals(0, else3.receive.usedIndex());
        for (Station station : List.of(one, two, else3)) {
            station.assertNoComplaints();
            station.driver.status(0);
            station.function.close();
        }
    }

    @Test
    void hubForgetsStationsThatAreClosed() {
        Station one = new Station(",hub=left", MRG_RXBUF);
        Station two = new Station(",hub=left", MRG_RXBUF);
        one.driver.status(0);
        one.function.close();
        Station three = new Station(",hub=left", MRG_RXBUF);
        three.offerBuffers(1530);

        two.send(frame(64));

        three.awaitReceived(1);
        one.assertNoComplaints();
    }

    /** Two drivers that send at once must not wait for each other's lock. */
    @Test
    void hubCarriesBothDirectionsAtOnce() throws InterruptedException {
        Station one = new Station(",hub=both", MRG_RXBUF);
        Station two = new Station(",hub=both", MRG_RXBUF);
        one.offerBuffers(100, 100, 100, 100, 100, 100, 100, 100);
        two.offerBuffers(100, 100, 100, 100, 100, 100, 100, 100);
        Thread beside = new Thread(() -> sendMany(one, 8));
        beside.start();
        sendMany(two, 8);
        beside.join(5000);

        one.awaitReceived(8);
        two.awaitReceived(8);
        assertArrayEquals(withHeader(1, frame(67)), one.received(7));
    }

    private static void sendMany(Station station, int count) {
        for (int i = 0; i < count; i++) {
            station.send(frame(60 + i));
        }
    }

    @Test
    void showsWhatItWasMadeWith() {
        Station station = new Station(",mac=02:00:00:00:00:2a,mtu=9000", MAC | MTU | STATUS);

        assertEquals(0x02, config8(station, 0));
        assertEquals(0x2a, config8(station, 5));
        assertEquals(1, config16(station, 6), "the link is up");
        assertEquals(9000, config16(station, 10));
        assertEquals(1, config16(station, 8), "pair of queues");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0xbf8023",
        "',mac=none', 0xbf8003",
        "',status=off', 0x9e8023",
        "',mergeable=off', 0xbf0023",
        "',mtu=1500', 0xbf802b",
        "',control=off', 0x18023",
        "',checksums=off', 0xbf8020",
        "',pairs=2', 0xff8023",
        "',pairs=2,control=off', 0x18023"
    })
    void offersWhatItWasAskedTo(String options, String bits) {
        MiniDriver driver = MiniDriver.virtio1(EmulatedDevices.parse("net" + options));

        assertEquals(Long.decode(bits), driver.offered() & 0xffffff);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mac=1:2:3:4:5:6 | no Ethernet address",
                "pairs=0 | outside 1 to 256",
                "pairs=257 | outside 1 to 256",
                "flaps=1000001 | outside 0 to 1000000",
                "mtu=67 | outside 68 to 65535",
                "mtu=65536 | outside 68 to 65535"
            })
    void refusesOptionsThatNoDeviceHas(String option, String found) {
        IllegalArgumentException refused =
                Assertions.assertThrows(
                        IllegalArgumentException.class,
                        () -> EmulatedDevices.parse("net," + option));

        assertTrue(refused.getMessage().contains(found), refused.getMessage());
    }

    @Test
    void losesFramesWhileTheLinkIsDownAndTellsTheDriver() {
        NetModel model = new NetModel(NetBackend.loop(), new NetOptions());
        Station station =
                new Station(
                        new EmulatedFunction("net", model, new FunctionOptions().queueSize(16)),
                        STATUS);
        station.offerBuffers(1530);
        int generation = station.driver.registers().read8(0x15);

        model.link(false);
        station.send(frame(64));
        assertEquals(0, config16(station, 6));
        assertEquals(generation + 1, station.driver.registers().read8(0x15));
        assertEquals(0, station.receive.usedIndex());
        assertEquals(1, station.transmit.usedIndex(), "the buffer comes back all the same");

        model.link(true);
        station.send(frame(64));
        assertEquals(1, station.receive.usedIndex());
    }

    /** Section 5.1.9.2.1: no offload was accepted. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 10})
    void complainsOfAHeaderThatAsksForAnOffload(int index) {
        Station station = new Station("", 0);
        byte[] bytes = withHeader(0, frame(64));
        bytes[index] = 1;

        station.sendRaw(bytes);

        assertTrue(station.function.complaints().toString().contains("byte " + index + " of the"));
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 1519})
    void sendsNoFrameThatIsNone(int length) {
        Station station = new Station(",mtu=1500", MTU);
        station.offerBuffers(4000);

        station.send(frame(length));

        assertEquals(0, station.receive.usedIndex());
        assertEquals(1, station.transmit.usedIndex());
        assertTrue(station.function.complaints().toString().contains("is not sent"));
    }

    @Test
    void needsAResetAfterAFrameShorterThanItsHeader() {
        Station station = new Station("", 0);

        station.sendRaw(new byte[11]);

        assertEquals(0x40, station.driver.status() & 0x40);
    }

    @Test
    void needsAResetAfterAReceiveBufferShorterThanTheHeader() {
        Station station = new Station("", MRG_RXBUF);

        station.offerBuffers(11);

        assertEquals(0x40, station.driver.status() & 0x40);
    }

    /** Section 2.6.1: after the reset of a queue its buffers are the driver's. */
    @Test
    void leavesTheBuffersOfAQueueAloneThatWasReset() {
        Station station = new Station(",offer=ring-reset", MiniDriver.RING_RESET);
        station.offerBuffers(1530);
        station.driver.registers().write16(0x16, 0);
        station.driver.registers().write16(0x3a, 1);

        station.send(frame(64));

        assertEquals(0, station.buffers.get(0).memory().read8(10));
        assertEquals(0, station.receive.usedIndex());
    }

    @Test
    void givesOnlyTheLegacyInterfaceAnAddressToWrite() {
        MiniDriver legacy = MiniDriver.legacy(EmulatedDevices.parse("net,layout=legacy"));
        legacy.negotiate(MAC);
        legacy.configBar.write8(legacy.configAt + 5, 0x99);
        assertEquals(0x99, legacy.configBar.read8(legacy.configAt + 5));
        assertTrue(legacy.function.complaints().isEmpty());

        Station modern = new Station("", MAC);
        modern.driver.configBar.write8(modern.driver.configAt + 5, 0x99);
        assertEquals(0x01, config8(modern, 5));
        assertTrue(modern.function.complaints().toString().contains("write of 0x99"));
    }

    private static int config8(Station station, int offset) {
        return station.driver.configBar.read8(station.driver.configAt + offset);
    }

    private static int config16(Station station, int offset) {
        return station.driver.configBar.read16(station.driver.configAt + offset);
    }
}
