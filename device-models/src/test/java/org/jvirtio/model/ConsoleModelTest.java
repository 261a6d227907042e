package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The console device (virtio 1.4 section 5.3), byte by byte. */
class ConsoleModelTest {

    private static final List<String> INTRODUCTION =
            List.of("0:1=1", "1:1=1", "0:4=1", "0:7=1+jvirtio.0", "0:6=1");

    private static ConsoleStation ports(int count) {
        EmulatedFunction function = EmulatedDevices.parse("console,queue=16,ports=" + count);
        return new ConsoleStation(function, ConsoleStation.MULTIPORT, 2 + 2 * count);
    }

    static Stream<MiniDriver> everyLayout() {
        return Stream.of(
                MiniDriver.virtio1(function("virtio1")),
                MiniDriver.virtio1(function("transitional")),
                MiniDriver.registerSet(function("register-set"), 1),
                MiniDriver.registerSet(function("mail-transitional"), 1),
                MiniDriver.registerSet(function("mail-slow-isr"), 0),
                MiniDriver.legacy(function("legacy")),
                MiniDriver.legacy(function("transitional")));
    }

    private static EmulatedFunction function(String layout) {
        return EmulatedDevices.parse("console,cols=132,rows=43,layout=" + layout);
    }

    @ParameterizedTest
    @MethodSource("everyLayout")
    void everyLayoutShowsAConsoleOfThisSize(MiniDriver driver) {
        driver.negotiate(driver.least() | ConsoleStation.SIZE);
        int id = driver.function.config().read16(2);

        assertTrue(id == 0x1043 || id == 0x1003, Integer.toHexString(id));
        assertTrue(id == 0x1043 || driver.function.config().read16(0x2e) == 3);
        assertEquals(132, driver.configBar.read16(driver.configAt));
        assertEquals(43, driver.configBar.read16(driver.configAt + 2));
    }

    @ParameterizedTest
    @MethodSource("everyLayout")
    void aByteInAnEmergencyIsOutputInEveryLayout(MiniDriver driver) {
        driver.negotiate(driver.least());
        driver.configBar.write32(driver.configAt + 8, 0xabcdef00 | 'E');
        MiniQueue queue = driver.start(driver.least());

        assertEquals('E', driver.request(queue, 4).memory().read8(0));
        assertEquals(1, queue.usedLength(0));
    }

    @Test
    void aByteInAnEmergencyNeedsNoDriver() {
        EmulatedFunction function = EmulatedDevices.parse("console");
        MiniDriver driver = MiniDriver.virtio1(function);

        driver.configBar.write32(driver.configAt + 8, '!');

        assertTrue(function.complaints().isEmpty(), function.complaints().toString());
        driver.configBar.write16(driver.configAt, 100);
        assertTrue(function.complaints().toString().contains("offset 0, before FEATURES_OK"));
    }

    @Test
    void anEchoReceivesWhatItSendsAcrossBuffersOfAnySize() {
        try (ConsoleStation station = ConsoleStation.of("")) {
            station.offerBuffers(0, 3, 4);
            station.send(1, "hello, wo");

            assertEquals("hello, wo", station.text(0));
            assertEquals(3, station.used(0));
            assertEquals(1, station.used(1));
            station.assertNoComplaints();
        }
    }

    @Test
    void anEchoKeepsSomeOfWhatNobodyTakesAndNeverStopsTheDriver() {
        try (ConsoleStation station = ConsoleStation.of("")) {
            for (int i = 0; i < 9; i++) {
                station.send(1, new byte[16384]);
            }
            assertEquals(9, station.used(1));

            station.offerBuffers(0, 9, 16384);
            assertEquals(4 * 16384, station.text(0).length());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 4 readable", "1, 4 writable"})
    void needsAResetAfterABufferOfTheWrongDirection(int queue, String found) {
        try (ConsoleStation station = ConsoleStation.of("")) {
            if (queue == 0) {
                station.send(0, "text");
            } else {
                station.offerBuffers(1, 1, 4);
            }
            assertEquals(0x4f, station.driver.status());
            assertTrue(station.complaints().contains(found), station.complaints());
        }
    }

    @Test
    void introducesItsPortsOneStepAfterTheOther() {
        try (ConsoleStation station = ports(2)) {
            station.offerBuffers(2, 16, 64);
            assertEquals(List.of(), station.heard());
            station.say(0, 0, 1);
            assertEquals(INTRODUCTION.subList(0, 2), station.heard());
            station.say(0, 3, 1);
            assertEquals(INTRODUCTION, station.heard());
            station.say(1, 3, 1);
            assertEquals(List.of("1:7=1+jvirtio.1", "1:6=1"), station.heard().subList(5, 7));
            assertEquals(2, station.driver.configBar.read32(station.driver.configAt + 4));
            station.assertNoComplaints();
        }
    }

    @Test
    void messagesWaitForBuffersAndALongNameIsCut() {
        try (ConsoleStation station = ports(2)) {
            station.say(0, 0, 1);
            station.say(0, 3, 1);
            station.offerBuffers(2, 5, 10);
            assertEquals("0:7=1+jv", station.heard().get(3));
            assertEquals("0:6=1", station.heard().get(4));
        }
    }

    @Test
    void aPortTakesBytesOnlyWhileTheDriverHasItOpen() {
        try (ConsoleStation station = ports(2)) {
            station.offerBuffers(2, 16, 64);
            station.say(0, 0, 1);
            station.say(1, 3, 1);
            station.offerBuffers(4, 2, 64);
            station.send(5, "early");
            assertEquals("", station.text(4));
            station.say(1, 6, 1);
            assertEquals("early", station.text(4));
            station.say(1, 6, 0);
            station.send(5, "late");
            assertEquals("early", station.text(4));
            assertEquals(0, station.used(0), "the other port has its own bytes");
            station.assertNoComplaints();
        }
    }

    @Test
    void aPortThatIsPluggedOutIsRemovedOnceAndCanComeBack() {
        ConsoleModel model =
                new ConsoleModel(port -> ConsoleBackend.loop(), new ConsoleOptions().ports(3));
        EmulatedFunction function =
                new EmulatedFunction("console", model, new FunctionOptions().queueSize(16));
        try (ConsoleStation station = new ConsoleStation(function, ConsoleStation.MULTIPORT, 8)) {
            model.plug(2, false);
            station.offerBuffers(2, 16, 64);
            station.say(0, 0, 1);
            model.plug(1, false);
            model.plug(1, false);
            model.plug(2, true);
            model.plug(2, true);
            assertEquals(List.of("0:1=1", "1:1=1", "1:2=1", "2:1=1"), station.heard());
            station.say(1, 3, 1);
            assertTrue(station.complaints().contains("told of no such port"));
        }
    }

    @Test
    void theDriverIsToldOfANewSize() {
        ConsoleModel model =
                new ConsoleModel(port -> ConsoleBackend.loop(), new ConsoleOptions().ports(2));
        EmulatedFunction function =
                new EmulatedFunction("console", model, new FunctionOptions().queueSize(16));
        try (ConsoleStation station = new ConsoleStation(function, ConsoleStation.MULTIPORT, 6)) {
            station.offerBuffers(2, 16, 64);
            station.say(0, 0, 1);
            station.say(0, 3, 1);
            model.resize(0x4142, 0x4344);
            assertEquals("0:5=0+BADC", station.heard().get(5));
            assertEquals(0x4142, station.driver.configBar.read16(station.driver.configAt));
        }
    }

    /** K1 of the table of faults, seen from the device. */
    @ParameterizedTest
    @CsvSource({"7, 3", "-1, 6", "0, 3", "0, 99", "0, 1", "0, 5", "0, 65535"})
    void aMessageThatMakesNoSenseIsWrittenDownAndIgnored(int port, int event) {
        try (ConsoleStation station = ports(2)) {
            station.offerBuffers(2, 8, 64);
            station.say(port, event, 1);
            station.send(3, "short");
            assertTrue(station.complaints().contains("control message " + event + " of port"));
            assertTrue(station.complaints().contains("of 5 bytes"), station.complaints());
            assertEquals(List.of(), station.heard());
            assertEquals(2, station.used(3));
            assertEquals(15, station.driver.status());
        }
    }

    @Test
    void aDriverThatAsksForeverAndTakesNothingCostsBoundedMemory() {
        try (ConsoleStation station = ports(2)) {
            station.say(0, 0, 1);
            for (int i = 0; i < 5000; i++) {
                station.say(0, 3, 1);
            }
            for (int i = 0; i < 600; i++) {
                station.offerBuffers(2, 16, 8);
            }
            assertEquals(8192, station.used(2), "what is more was lost");
        }
    }

    @Test
    void withoutMultiportThereAreTwoQueues() {
        try (ConsoleStation station =
                new ConsoleStation(EmulatedDevices.parse("console,ports=2,queue=16"), 0, 6)) {
            station.offerBuffers(0, 1, 8);
            station.send(1, "x");
            assertEquals("x", station.text(0));
            station.offerBuffers(2, 1, 64);
            assertEquals(0x4f, station.driver.status());
            assertTrue(station.complaints().contains("queue 2 without MULTIPORT"));
        }
    }

    @Test
    void aResetForgetsPortsAndBytesOnTheirWay() {
        try (ConsoleStation station = ports(2)) {
            station.offerBuffers(2, 8, 64);
            station.say(0, 0, 1);
            station.driver.status(0);
            ConsoleStation again =
                    new ConsoleStation(station.function, ConsoleStation.MULTIPORT, 6);
            again.offerBuffers(2, 8, 64);
            assertEquals(List.of(), again.heard());
            again.say(0, 0, 1);
            assertEquals(INTRODUCTION.subList(0, 2), again.heard());
        }
    }

    @ParameterizedTest
    @CsvSource({"ports=0, ports=0", "ports=1025, 1 to 1024", "cols=65536, cols=65536"})
    void refusesWhatNoConsoleHas(String option, String found) {
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> EmulatedDevices.parse("console," + option))
                        .getMessage();
        assertTrue(message.contains(found), message);
    }
}
