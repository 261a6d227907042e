package org.jvirtio.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.EventFd;
import org.jvirtio.linux.Libc;
import org.jvirtio.linux.UnixSocket;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.vfiouser.Command;

/** Clients come and go, and none takes the server or another client with it. */
class SessionTest {

    private static final int BAR = 4;
    private static final int STATUS = 20;
    private static final int UNKNOWN = 99;
    private static final int MSIX = 2;
    private static final int NONE_TRIGGER = 1 | 32;
    private static final int EVENTFD_TRIGGER = 4 | 32;

    @TempDir Path directory;

    @Test
    void theNextClientFindsAFreshDevice() {
        try (Served served = new Served("entropy,layout=virtio1")) {
            try (RawClient client = served.client()) {
                client.put(RawClient.CONFIG, 4, 2, 0x406);
                client.put(BAR, STATUS, 1, 1);
            }
            served.awaitTold("is gone");
            try (RawClient client = served.client()) {
                assertEquals(0x3, client.get(RawClient.CONFIG, 4, 2));
                assertEquals(0, client.get(BAR, STATUS, 1));
            }
        }
    }

    @Test
    void whoComesSecondIsTurnedAway() {
        try (Served served = new Served("entropy");
                RawClient first = served.client()) {
            try (RawClient second = new RawClient(served.path)) {
                assertThrows(DeviceBrokenException.class, () -> second.greet(0, 2));
            }
            served.awaitTold("another client was turned away");
            assertEquals(0, first.read(RawClient.CONFIG, 0, 4));
        }
    }

    @ParameterizedTest
    @CsvSource({"0x200010", "0xffffffff", "15", "0"})
    void aSizeThatLiesEndsTheSession(String size) {
        try (Served served = new Served("entropy")) {
            try (RawClient client = served.client()) {
                client.sendHeader(Command.REGION_READ.number(), Long.decode(size).intValue(), 0);
                assertThrows(DeviceBrokenException.class, client::answer);
            }
            served.awaitTold("a message of 0x");
            assertTheNextIsServed(served);
        }
    }

    @Test
    void aConnectionThatClosesInTheMiddleOfAMessageIsOver() {
        try (Served served = new Served("entropy")) {
            try (RawClient client = served.client()) {
                client.sendHeader(Command.REGION_READ.number(), 32, 0);
            }
            served.awaitTold("in the middle of a message");
            assertTheNextIsServed(served);
        }
    }

    private static void assertTheNextIsServed(Served served) {
        try (RawClient next = served.client()) {
            assertEquals(0, next.read(RawClient.CONFIG, 0, 4));
        }
    }

    @Test
    void aReplyToNobodyEndsTheSession() {
        try (Served served = new Served("entropy");
                RawClient client = served.client()) {
            client.read(RawClient.CONFIG, 0, 4);
            client.sendHeader(Command.REGION_READ.number(), 16, 1);
            assertThrows(DeviceBrokenException.class, client::answer);
            served.awaitTold("a reply to a request that nobody made");
        }
    }

    @Test
    void anUnknownCommandIsRefusedAndNamed() {
        try (Served served = new Served("entropy");
                RawClient client = served.client()) {
            client.sendHeader(14, 16, 0);
            assertEquals(22, client.answer());
            served.awaitTold("there is no command 14: EINVAL");
            assertEquals(0, client.read(RawClient.CONFIG, 0, 4));
        }
    }

    @Test
    void theSocketIsItsUsersAloneAndGoesWithTheServer() throws IOException {
        Path path;
        try (Served served = new Served("entropy")) {
            path = served.path;
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void aServerThatEndsTellsItsClient() {
        Served served = new Served("entropy");
        try (RawClient client = served.client()) {
            served.close();
            assertThrows(DeviceBrokenException.class, client::answer);
        }
        assertTrue(served.log.toString().contains("the server ends"), served.log.toString());
    }

    /** The server's thread has let him in, and finds that it is to stop. */
    @Test
    void whoComesAsTheServerEndsIsTurnedAway() {
        for (int round = 0; round < 5; round++) {
            Served served = new Served("entropy");
            try (UnixSocket late = UnixSocket.connect(served.path)) {
                served.close();
                assertTrue(late.awaitReadable(1_000_000_000), "in round " + round);
            }
        }
    }

    /** Whoever has an event descriptor, too, can fill its counter, and let a write to it block. */
    @Test
    void aClientWhoseInterruptIsFullHoldsUpNobody() {
        try (Served served = new Served("entropy,layout=virtio1");
                RawClient client = served.client();
                EventFd full = new EventFd();
                NativeMemory most = NativeMemory.allocate(Long.BYTES)) {
            assertEquals(0, client.irqs(EVENTFD_TRIGGER, MSIX, 0, 1, full.fd()));
            assertEquals(0, Libc.fcntl(full.fd(), Libc.F_SETFL, 0));
            most.write64(0, -2);
            assertEquals(8, Libc.write(full.fd(), most.address(), 8));
            assertEquals(0, client.irqs(NONE_TRIGGER, MSIX, 0, 1));
            assertEquals(0, client.irqs(NONE_TRIGGER, MSIX, 0, 1));
        }
    }

    /** It is in the middle of what its client gave it to do, and does not come back. */
    @Test
    void aDeviceThatIsHeldUpDoesNotHoldUpTheServer() {
        CountDownLatch released = new CountDownLatch(1);
        Served served = new Served("entropy,layout=virtio1");
        served.heard = line -> holdAtRefusal(line, released);
        try (RawClient client = served.client()) {
            client.sendHeader(UNKNOWN, 16, 0);
            served.awaitTold("there is no command");

            assertTimeoutPreemptively(Duration.ofSeconds(30), served::close);

            released.countDown();
        }
        assertTrue(served.log.toString().contains("is left to itself"), served.log.toString());
    }

    private static void holdAtRefusal(String line, CountDownLatch released) {
        if (line.contains("there is no command")) {
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void aDirectoryThatOthersWriteToIsRefused() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        EnvironmentException refused =
                assertThrows(
                        EnvironmentException.class,
                        () -> new ServedDevice("entropy", directory.resolve("socket"), line -> {}));
        assertTrue(refused.getMessage().contains("mode 777"), refused.getMessage());
    }

    @Test
    void aServerThatIsClosedServesNothingMore() {
        DeviceServer server = new DeviceServer(line -> {});
        server.close();
        assertThrows(
                IllegalStateException.class,
                () -> server.serve("entropy", directory.resolve("late")));
        assertFalse(Files.exists(directory.resolve("late")));
    }

    /** What is no file cannot be written back: fdatasync(2) says EINVAL. */
    @Test
    void aDiskThatCannotBeWrittenBackLeavesTheOthersAlone() {
        DeviceServer server = new DeviceServer(line -> {});
        server.serve("block,image=/dev/null", directory.resolve("a"));
        server.serve("entropy", directory.resolve("b"));
        assertThrows(UncheckedIOException.class, server::close);
        assertFalse(Files.exists(directory.resolve("b")));
    }

    @Test
    void everyDiskThatCannotBeWrittenBackIsTold() {
        DeviceServer server = new DeviceServer(line -> {});
        server.serve("block,image=/dev/null", directory.resolve("a"));
        server.serve("block,image=/dev/zero", directory.resolve("b"));
        UncheckedIOException first = assertThrows(UncheckedIOException.class, server::close);
        assertTrue(first.getMessage().contains("/dev/null"), first.getMessage());
        assertEquals(1, first.getSuppressed().length);
        String second = first.getSuppressed()[0].getMessage();
        assertTrue(second.contains("/dev/zero"), second);
        assertFalse(Files.exists(directory.resolve("b")));
    }

    @Test
    void severalDevicesAreServedAtOnce() {
        try (DeviceServer server = new DeviceServer(line -> {})) {
            server.serve("entropy", directory.resolve("a"));
            server.serve("block,size=1M", directory.resolve("b"));
            try (RawClient a = RawClient.greeted(directory.resolve("a"));
                    RawClient b = RawClient.greeted(directory.resolve("b"))) {
                assertEquals(0x1044, a.get(RawClient.CONFIG, 2, 2));
                assertEquals(0x1042, b.get(RawClient.CONFIG, 2, 2));
            }
        }
    }
}
