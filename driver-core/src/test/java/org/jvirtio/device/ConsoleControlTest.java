package org.jvirtio.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.LayoutException;
import org.jvirtio.partner.PartnerConsole;
import org.jvirtio.partner.ScriptedSet;

/**
 * Virtio 1.4 section 5.3.6.2, the conversation about ports; K1 and G16 of the table of faults, a
 * device that says what cannot be.
 */
class ConsoleControlTest {

    private static final int ADD = 1;
    private static final int REMOVE = 2;
    private static final int CONSOLE = 4;
    private static final int RESIZE = 5;
    private static final int OPEN = 6;
    private static final int NAME = 7;

    private final PartnerConsole device = PartnerConsole.ofPorts();
    private ConsoleDriver driver;

    private ConsoleDriver start() {
        driver = ConsoleDriver.start(device.transport);
        return driver;
    }

    private void assertIgnored(ConsoleDrop reason) {
        assertEquals(List.of(), driver.ports());
        assertEquals(1, driver.dropped(reason));
        assertEquals(1, driver.dropped());
        device.say(1, ADD, 1);
        assertEquals(1, driver.ports().size(), "and it goes on");
    }

    @Test
    void saysThatItIsReadyAndAnswersForEachPort() {
        start();
        device.say(0, ADD, 1);
        device.say(0, CONSOLE, 1);
        device.say(1, ADD, 1);
        device.say(1, OPEN, 1);

        assertEquals("[port 0, port 1]", driver.ports().toString());
        assertEquals(List.of("0:0=1", "0:3=1", "0:6=1", "1:3=1"), device.heard);
        assertTrue(driver.awaitPort(0).isOpen() && driver.awaitPort(0).isConsole());
        assertFalse(driver.awaitPort(1).isOpen());
        assertTrue(driver.awaitPort(1).isHostOpen());
    }

    @Test
    void tellsOfOpeningAndClosingOnce() throws IOException {
        start();
        device.say(1, ADD, 1);
        ConsolePort port = driver.awaitPort(1);
        device.heard.clear();

        port.open();
        port.open();
        port.close();
        port.close();

        assertEquals(List.of("1:6=1", "1:6=0"), device.heard);
    }

    /** QEMU 7.2 has a NUL behind the name, the specification none. */
    @ParameterizedTest
    @ValueSource(strings = {"org.jvirtio", "org.jvirtio\0", "mit Umlaut: ü"})
    void takesTheNameWithOrWithoutItsEnd(String name) {
        start();
        device.say(2, ADD, 1);
        device.say(2, NAME, 1, name.getBytes(StandardCharsets.UTF_8));

        assertEquals(name.replace("\0", ""), driver.awaitPort(2).name());
        assertEquals(0, driver.dropped());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "a\nb", "a\0b", "\u001b[2J"})
    void k1IgnoresANameThatCannotBePrinted(String name) {
        start();
        device.say(2, ADD, 1);
        device.say(2, NAME, 1, name.getBytes(StandardCharsets.UTF_8));

        assertEquals("", driver.awaitPort(2).name());
        assertEquals(1, driver.dropped(ConsoleDrop.BAD_NAME));
    }

    @Test
    void k1IgnoresANameThatIsNoUtf8OrTooLong() {
        start();
        device.say(2, ADD, 1);
        device.say(2, NAME, 1, (byte) 0xc3, (byte) 0x28);
        device.say(2, NAME, 1, "x".repeat(257).getBytes(StandardCharsets.US_ASCII));

        assertEquals("", driver.awaitPort(2).name());
        assertEquals(2, driver.dropped(ConsoleDrop.BAD_NAME));
    }

    @ParameterizedTest
    @CsvSource({"3, 1", "-1, 1", "0x7fffffff, 1", "0, 6", "2, 2", "1, 4", "1, 7"})
    void k1IgnoresWhatIsSaidOfAPortThatThereIsNot(String port, int event) {
        start();
        device.say(Integer.decode(port), event, 1, (byte) 'x');

        assertIgnored(ConsoleDrop.UNKNOWN_PORT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 8, 0xffff})
    void k1IgnoresWhatNoDeviceSays(int event) {
        start();
        device.say(0, event, 1);

        assertIgnored(ConsoleDrop.UNKNOWN_EVENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7})
    void k1IgnoresAMessageShorterThanItsFields(int length) {
        start();
        device.sayBytes(new byte[length]);

        assertIgnored(ConsoleDrop.TOO_SHORT);
    }

    @Test
    void k1IgnoresASizeOfThreeBytes() {
        start();
        device.say(0, ADD, 1);
        device.say(0, RESIZE, 0, (byte) 1, (byte) 0, (byte) 2);

        assertEquals(Optional.empty(), driver.size());
        assertEquals(1, driver.dropped(ConsoleDrop.TOO_SHORT));
        device.say(0, RESIZE, 0, (byte) 132, (byte) 0, (byte) 43, (byte) 0);
        assertEquals(Optional.of(new ConsoleSize(132, 43)), driver.size());
    }

    @Test
    void con04IgnoresAPortThatIsAddedAgain() {
        start();
        device.say(1, ADD, 1);
        device.say(1, ADD, 1);

        assertEquals(1, driver.ports().size());
        assertEquals(1, driver.dropped(ConsoleDrop.ADDED_AGAIN));
        assertEquals(List.of("0:0=1", "1:3=1"), device.heard);
    }

    @Test
    void aPortThatWasTakenAwayMayComeAgain() {
        start();
        for (int i = 0; i < 1000; i++) {
            device.say(1, ADD, 1);
            assertEquals(1, driver.ports().size());
            device.say(1, REMOVE, 1);
            assertEquals(0, driver.ports().size());
        }
        device.say(1, ADD, 1);

        assertEquals("[port 1]", driver.ports().toString());
        assertEquals(0, driver.dropped());
    }

    @Test
    void aPortThatCameAgainIsNotOverBecauseItsHostLeftBefore() throws IOException {
        start();
        device.say(1, ADD, 1);
        ConsolePort port = driver.awaitPort(1);
        port.open();
        device.say(1, OPEN, 1);
        device.say(1, OPEN, 0);
        assertEquals(ConsolePort.END, port.read(new byte[8], 0, 8));

        device.say(1, REMOVE, 1);
        device.say(1, ADD, 1);
        port.open();

        assertEquals(0, port.read(new byte[8], 0, 8), "its host may still come");
    }

    /** A flood: what is not answered is not asked for, so nothing piles up here. */
    @Test
    void k1TakesNoMoreMessagesThanItCanAnswer() {
        start();
        device.deaf = true;
        for (int i = 0; i < 5000; i++) {
            device.say(1, ADD, 1);
            device.say(1, REMOVE, 1);
            driver.ports();
        }

        assertTrue(device.unsaid() > 9000, device.unsaid() + " messages wait at the device");
        device.deaf = false;
        for (int i = 0; i < 10_000 && device.unsaid() > 0; i++) {
            driver.ports();
            device.transport.device.run();
        }
        assertEquals(0, device.unsaid());
        assertEquals(List.of(), driver.ports());
    }

    @Test
    void aDeviceThatDoesNotListenEndsAnOpenAtALimit() throws IOException {
        System.setProperty("jvirtio.requestMillis", "50");
        try {
            start();
            device.say(1, ADD, 1);
            ConsolePort port = driver.awaitPort(1);
            device.deaf = true;

            String message =
                    assertThrows(DeviceTimeoutException.class, () -> toggleForEver(port))
                            .getMessage();

            assertTrue(message.contains("PORT_OPEN of port 1"), message);
        } finally {
            System.clearProperty("jvirtio.requestMillis");
        }
    }

    @Test
    @Timeout(30)
    void closingEndsAnOpenThatWaitsForTheDeviceToListen() throws InterruptedException {
        CountDownLatch asleep = new CountDownLatch(1);
        ScriptedSet set = new ScriptedSet(new ArrayList<>());
        set.quiet = true;
        set.sleep =
                nanos -> {
                    asleep.countDown();
                    LockSupport.parkNanos(1_000_000);
                    return false;
                };
        device.transport.set = Optional.of(set);
        start();
        device.say(1, ADD, 1);
        ConsolePort port = driver.awaitPort(1);
        device.deaf = true;
        CompletableFuture<Throwable> end =
                CompletableFuture.supplyAsync(
                        () -> assertThrows(RuntimeException.class, () -> toggleForEver(port)));

        asleep.await();
        driver.close();

        assertInstanceOf(DeviceBrokenException.class, end.join());
    }

    @Test
    void aPortThatIsTakenAwayWhileItIsOpenedIsNotOpen() throws IOException {
        ScriptedSet set = new ScriptedSet(new ArrayList<>());
        device.transport.set = Optional.of(set);
        start();
        device.say(1, ADD, 1);
        ConsolePort port = driver.awaitPort(1);
        device.deaf = true;
        for (int i = 0; i < 32; i++) {
            port.open();
            port.close();
        }
        set.sleep =
                nanos -> {
                    device.say(1, REMOVE, 1);
                    device.deaf = false;
                    device.transport.device.run();
                    driver.ports();
                    return true;
                };

        assertThrows(IOException.class, port::open);

        assertEquals(1, set.sleeps, "while it waited for room to say so");
        assertFalse(port.isOpen());
    }

    @Test
    void aStartThatFailsGivesBackWhatIsSleptOn() {
        ScriptedSet set = new ScriptedSet(new ArrayList<>());
        device.transport.set = Optional.of(set);
        device.transport.memory.allocate((4 << 20) - 200_000, 64);

        assertThrows(IndexOutOfBoundsException.class, this::start);

        assertTrue(device.transport.closed);
        assertTrue(set.closed || set.members == 0, set.members + " interrupts in an open set");
    }

    private static void toggleForEver(ConsolePort port) throws IOException {
        for (int i = 0; i < 10_000; i++) {
            port.open();
            port.close();
        }
    }

    @Test
    void u5BreaksADeviceThatClaimsALongerMessageThanFits() {
        start();
        device.lengthLie = 4096;
        device.say(1, ADD, 1);

        assertThrows(DeviceBrokenException.class, () -> driver.ports());
    }

    @Test
    void countsBuffersThatAreUsedWithoutAByte() throws IOException {
        start();
        device.say(0, ADD, 1);
        device.say(0, CONSOLE, 1);
        ConsolePort port = driver.awaitPort(0);
        for (int i = 0; i < 100; i++) {
            assertTrue(device.bring(0));
            assertEquals(0, port.read(new byte[8], 0, 8));
        }
        assertTrue(device.bring(0, (byte) 7));

        assertEquals(1, port.read(new byte[8], 0, 8));
        assertEquals(100, driver.dropped(ConsoleDrop.NO_BYTES));
    }

    @Test
    void g16RefusesADeviceOfNoPorts() {
        device.config.set(ConsoleConfig.MAX_NR_PORTS, 0);

        String message = assertThrows(LayoutException.class, this::start).getMessage();

        assertTrue(message.contains("its max_nr_ports is 0"), message);
        assertTrue(device.transport.closed);
    }

    @Test
    void g16GivesQueuesToNoMorePortsThanItWants() {
        device.config.set(ConsoleConfig.MAX_NR_PORTS, 0xffffffffL);

        driver = ConsoleDriver.start(device.transport, ConsoleDriver.needs(2));
        device.say(2, ADD, 1);
        device.say(-1, ADD, 1);

        assertEquals(2, driver.mostPorts());
        assertEquals(6, device.transport.rings.size());
        assertEquals(List.of(), driver.ports());
        assertEquals(List.of("0:0=1", "2:3=0"), device.heard, "it is told that it cannot be used");
        assertTrue(driver.decisions().toString().contains("2 of 4294967295 ports have queues"));
    }
}
