package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.EnvironmentException;

/**
 * Console ports whose other end is a process: K1 of the table of faults, with hosts that do not
 * read.
 */
@Timeout(60)
class HostLineTest {

    @TempDir Path directory;

    private ConsoleStation station(String option) {
        return ConsoleStation.of("," + option + "=" + directory.resolve("port"));
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(directory.resolve("port")));
        return channel;
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(SocketChannel channel, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            Thread.onSpinWait();
        }
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
    }

    @Test
    void bytesGoBothWaysThroughASocketOfItsUserAlone() throws IOException {
        try (ConsoleStation station = station("socket");
                SocketChannel host = connect()) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory.resolve("port"))));
            station.offerBuffers(0, 4, 64);
            host.write(text("to the driver"));
            ConsoleStation.await(() -> station.text(0).equals("to the driver"));
            station.send(1, "to the host");
            assertEquals("to the host", read(host, 11));
            station.assertNoComplaints();
        }
        assertFalse(Files.exists(directory.resolve("port")), "the socket went with the device");
    }

    @Test
    void whatIsSentWhileNobodyIsThereIsLost() throws IOException {
        try (ConsoleStation station = station("socket")) {
            station.send(1, "lost");
            assertEquals(1, station.used(1));
            station.offerBuffers(0, 4, 64);
            try (SocketChannel host = connect()) {
                host.write(text("?"));
                ConsoleStation.await(() -> station.used(0) == 1);
                station.send(1, "seen");
                assertEquals("seen", read(host, 4));
            }
        }
    }

    @Test
    void aHostThatFloodsIsStoppedUntilTheDriverHasBuffers() throws IOException {
        try (ConsoleStation station = station("socket");
                SocketChannel host = connect()) {
            host.configureBlocking(false);
            long written = 0;
            ByteBuffer piece = ByteBuffer.allocate(1 << 16);
            for (int idle = 0; idle < 20; ) {
                int done = host.write(piece.clear());
                written += done;
                idle = done > 0 ? 0 : idle + 1;
                pause();
            }
            assertTrue(written < 4 << 20, written + " bytes went nowhere");
            long seen = 0;
            for (int given = 1; seen < written; given++) {
                int all = given;
                station.offerBuffers(0, 1, 4096);
                ConsoleStation.await(() -> station.used(0) == all);
                seen += station.bytes(0, all - 1).length;
            }
            assertEquals(written, seen);
        }
    }

    @Test
    void aHostThatDoesNotReadStopsTheDriverAndLosesNothing() throws IOException {
        try (ConsoleStation station = station("socket");
                SocketChannel host = connect()) {
            station.offerBuffers(0, 1, 8);
            host.write(text("!"));
            ConsoleStation.await(() -> station.used(0) == 1);
            int sent = 0;
            while (station.used(1) == sent && sent < 1000) {
                station.send(1, new byte[65536]);
                sent++;
                pause();
            }
            assertTrue(sent < 1000, "the socket never was full");
            int all = sent;
            assertEquals(all * 65536, read(host, all * 65536).length());
            ConsoleStation.await(() -> station.used(1) == all);
        }
    }

    @Test
    void aHostThatLeavesInTheMiddleFreesTheDriverForTheNext() throws IOException {
        try (ConsoleStation station = station("socket")) {
            station.offerBuffers(0, 4, 64);
            int sent = 0;
            try (SocketChannel host = connect()) {
                host.write(text("1"));
                ConsoleStation.await(() -> station.used(0) == 1);
                while (station.used(1) == sent && sent < 1000) {
                    station.send(1, new byte[65536]);
                    sent++;
                    pause();
                }
            }
            int all = sent;
            ConsoleStation.await(() -> station.used(1) == all);
            try (SocketChannel next = connect()) {
                next.write(text("2"));
                ConsoleStation.await(() -> station.text(0).equals("12"));
            }
        }
    }

    @Test
    void whatWasWrittenBeforeTheHostLeftIsDeliveredLater() throws IOException {
        try (ConsoleStation station = station("socket")) {
            try (SocketChannel host = connect()) {
                host.write(text("farewell"));
            }
            pause();
            station.offerBuffers(0, 4, 64);
            ConsoleStation.await(() -> station.text(0).equals("farewell"));
        }
    }

    @Test
    void theDriverHearsWhetherSomebodyIsThere() throws IOException {
        EmulatedFunction function =
                EmulatedDevices.parse(
                        "console,ports=2,queue=16,socket=" + directory.resolve("port"));
        try (ConsoleStation station = new ConsoleStation(function, ConsoleStation.MULTIPORT, 6)) {
            station.offerBuffers(2, 16, 64);
            station.say(0, 0, 1);
            station.say(0, 3, 1);
            assertEquals("0:6=0", station.heard().get(4));
            try (SocketChannel host = connect()) {
                ConsoleStation.await(() -> station.used(2) == 6);
                assertEquals("0:6=1", station.heard().get(5));
                assertTrue(host.isConnected());
            }
            ConsoleStation.await(() -> station.used(2) == 7);
            assertEquals("0:6=0", station.heard().get(6));
            assertTrue(Files.exists(directory.resolve("port.1")), "the other port's socket");
        }
    }

    @Test
    void aTerminalCarriesEveryByteAsItIs() throws IOException {
        Path link = directory.resolve("port");
        try (ConsoleStation station = station("pty")) {
            station.offerBuffers(0, 4, 64);
            for (int round = 0; round < 2; round++) {
                String seen = "x".repeat(round);
                try (RandomAccessFile host = new RandomAccessFile(link.toFile(), "rw")) {
                    host.write(new byte[] {'x'});
                    ConsoleStation.await(() -> station.text(0).length() > seen.length());
                    station.send(1, "a\r\n\u0003\u0004z");
                    byte[] bytes = new byte[6];
                    host.readFully(bytes);
                    assertEquals(
                            "a\r\n\u0003\u0004z", new String(bytes, StandardCharsets.US_ASCII));
                }
            }
            station.assertNoComplaints();
        }
        assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS), "the link went, too");
    }

    @Test
    void aPathThatCannotBeIsAMatterOfTheEnvironment() throws IOException {
        Files.writeString(directory.resolve("port"), "precious");

        assertThrows(EnvironmentException.class, () -> station("socket"));
        assertThrows(EnvironmentException.class, () -> station("pty"));
        assertEquals("precious", Files.readString(directory.resolve("port")));
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void portsThatWereOpenedAreClosedIfALaterOneCannotBe() throws IOException {
        Path name = directory.resolve("port");
        Path inTheWay = Files.createDirectory(directory.resolve("port.2"));
        String device = "console,ports=3,queue=16,socket=" + name;
        assertThrows(EnvironmentException.class, () -> EmulatedDevices.parse(device));
        assertFalse(Files.exists(name));
        assertFalse(Files.exists(directory.resolve("port.1")));

        Files.delete(inTheWay);
        EmulatedDevices.parse(device).close();
    }
}
