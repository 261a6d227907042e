package org.jvirtio.qtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.EnvironmentException;

/** QEMU's qtest protocol, and what is not in it (QEMU 7.2, softmmu/qtest.c). */
@Timeout(20)
class QtestSocketTest {

    private static final Duration LIMIT = Duration.ofMillis(200);

    @TempDir private Path directory;
    private QtestPeer peer;
    private QtestSocket socket;

    private QtestSocket connected(UnaryOperator<String> answers) throws IOException {
        peer = new QtestPeer(directory.resolve("sock"), answers);
        socket = QtestSocket.connect(peer.path(), LIMIT);
        return socket;
    }

    @AfterEach
    void closeBothEnds() throws IOException {
        if (socket != null) {
            socket.close();
            peer.close();
        }
    }

    @Test
    void aNumberAnswersACommand() throws IOException {
        connected(line -> "OK 0x000000000000ff04\n");
        assertEquals(0xff04, socket.value("readw 0x1000", 2));
    }

    @Test
    void pinsThatChangeBeforeAnAnswerAreNoted() throws IOException {
        connected(
                line ->
                        line.equals("inb 0x1")
                                ? "IRQ raise 20\nOK 0x0000\n"
                                : "IRQ lower 20\nOK\n");
        assertFalse(socket.pinRaised());
        assertEquals(0, socket.value("inb 0x1", 1));
        assertTrue(socket.pinRaised());
        socket.command("outb 0x1 0x0");
        assertFalse(socket.pinRaised());
    }

    /** QEMU does nothing else until it has told all, so a disk would stop while it is polled. */
    @Test
    void pinsThatChangeWhileNobodyAsksAreTakenIn() throws Exception {
        connected(line -> "OK 0x0000\n" + "IRQ raise 0\nIRQ lower 0\n".repeat(50_000));
        assertEquals(0, socket.value("inb 0x1", 1));
        assertTrue(peer.awaitWritten(Duration.ofSeconds(10)), "it waits for room");
    }

    @Test
    void aCommandThatQemuDoesNotKnowIsNotTheEnd() throws IOException {
        connected(line -> line.startsWith("clock") ? "FAIL Unknown command\n" : "OK\n");
        assertFalse(socket.tryCommand("clock_step 1"));
        assertTrue(socket.tryCommand("irq_intercept_in ioapic"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OK\n",
                "OK 12\n",
                "OK 0x\n",
                "OK 0xfffffffffffffffff\n",
                "OK 0x10000\n",
                "OK 0x-1\n",
                "FAIL Unknown command 'readw'\n",
                "ERR\n",
                "\n",
                "okay\n",
                "IRQ raise\n",
                "IRQ raise many\nOK 0x0\n",
                "IRQ raise 99999\nOK 0x0\n",
                "IRQ lower -1\nOK 0x0\n",
                "OK 0xHANG UP",
                "HANG UP",
            })
    void whatIsNoAnswerEndsTheSession(String bytes) throws IOException {
        connected(line -> bytes);
        assertThrows(DeviceBrokenException.class, () -> socket.value("readw 0x1000", 2));
        DeviceBrokenException again =
                assertThrows(DeviceBrokenException.class, () -> socket.command("outb 0x1 0x0"));
        assertTrue(again.getMessage().contains("ended before"), again.getMessage());
    }

    @Test
    void aLineWithoutEndEndsTheSession() throws IOException {
        connected(line -> "O".repeat(3 * QtestSocket.LONGEST_LINE));
        DeviceBrokenException broken =
                assertThrows(DeviceBrokenException.class, () -> socket.command("outb 0x1 0x0"));
        assertTrue(broken.getMessage().contains("more than 4096 bytes"), broken.getMessage());
    }

    @Test
    void anAnswerThatWasNotAskedForEndsTheSession() throws IOException {
        connected(line -> "OK\nOK\nOK\n");
        socket.command("outb 0x1 0x0");
        assertThrows(DeviceBrokenException.class, () -> socket.pinRaised());
    }

    @Test
    void noAnswerIsATimeoutAndTheNextOneIsNotTakenForIt() throws IOException {
        connected(line -> "");
        assertThrows(DeviceTimeoutException.class, () -> socket.command("outb 0x1 0x0"));
        assertThrows(DeviceBrokenException.class, () -> socket.command("outb 0x1 0x0"));
    }

    @Test
    void aStreamOfPinsIsNoAnswerForEver() throws IOException {
        connected(line -> "IRQ raise 1\n".repeat(100_000));
        assertThrows(DeviceTimeoutException.class, () -> socket.command("outb 0x1 0x0"));
    }

    @Test
    void aStreamOfPinsThatNeverEndsHoldsNobody() throws IOException {
        connected(
                line ->
                        line.equals("inb 0x1")
                                ? "OK 0x0\n" + "IRQ raise 1\n".repeat(100_000)
                                : "IRQ raise 1\n".repeat(1000) + "FOR EVER");
        socket.value("inb 0x1", 1);
        assertTrue(socket.pinRaised());
        assertThrows(DeviceTimeoutException.class, () -> socket.command("outb 0x1 0x0"));
    }

    @Test
    void whereNobodyListensTheMessageSaysHowToStartQemu() {
        EnvironmentException missing =
                assertThrows(
                        EnvironmentException.class,
                        () -> QtestSocket.connect(directory.resolve("nobody"), LIMIT));
        assertTrue(missing.getMessage().contains("-qtest unix:"), missing.getMessage());
    }

    /** QEMU serves one connection and lets few wait: a connect that blocks may do so for ever. */
    @Test
    void aQemuThatAcceptsNobodyIsNotWaitedForLongerThanTheLimit() throws IOException {
        Path path = directory.resolve("busy");
        List<QtestSocket> waiting = new ArrayList<>();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path), 1);
            EnvironmentException full =
                    assertTimeoutPreemptively(
                            Duration.ofSeconds(5), () -> connectUntilRefused(path, waiting));
            assertTrue(full.getMessage().contains("another program"), full.getMessage());
        } finally {
            waiting.forEach(QtestSocket::close);
        }
    }

    private static EnvironmentException connectUntilRefused(Path path, List<QtestSocket> waiting) {
        return assertThrows(
                EnvironmentException.class,
                () -> {
                    for (int i = 0; i < 10; i++) {
                        waiting.add(QtestSocket.connect(path, LIMIT));
                    }
                });
    }
}
