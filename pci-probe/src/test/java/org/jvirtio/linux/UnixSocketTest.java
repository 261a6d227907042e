package org.jvirtio.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.NativeMemory;

/** Bytes and descriptors over real sockets of this kernel (unix(7)). */
@Timeout(20)
class UnixSocketTest {

    private static final int MANY = 4 << 20;

    @TempDir private Path directory;

    private final NativeMemory memory = NativeMemory.allocate(MANY);
    private final PassedDescriptors passed = new PassedDescriptors();
    private UnixSocket.Pair pair;

    @BeforeEach
    void connect() {
        pair = UnixSocket.pair();
    }

    @AfterEach
    void closeAll() {
        passed.closeRest();
        pair.first().close();
        pair.second().close();
        memory.close();
    }

    private static long in(int millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private int send(NativeMemory source, long count, int millis) {
        SocketMessage message = pair.first().outgoing();
        message.piece(source.address(), count);
        int done = pair.first().send(in(millis));
        message.clear();
        return done;
    }

    private long receive(long count, int most) {
        return pair.second().receive(memory.address(), count, passed, most, in(2000));
    }

    @Test
    void aMessageLargerThanTheSocketArrivesWhole() {
        NativeMemory source = NativeMemory.allocate(MANY);
        for (int i = 0; i < MANY; i += 8) {
            source.write64(i, i * 0x9e3779b97f4a7c15L);
        }
        CompletableFuture<Integer> sent =
                CompletableFuture.supplyAsync(() -> send(source, MANY, 5000));
        assertEquals(MANY, receive(MANY, 0));
        assertEquals(0, sent.join());
        for (int i = 0; i < MANY; i += 8) {
            assertEquals(source.read64(i), memory.read64(i));
        }
    }

    @Test
    void piecesArriveInTheirOrder() {
        NativeMemory source = NativeMemory.allocate(8);
        source.write64(0, 0x0807060504030201L);
        SocketMessage message = pair.first().outgoing();
        message.piece(source.address() + 4, 4);
        message.piece(source.address(), 0);
        message.piece(source.address(), 3);
        assertEquals(0, pair.first().send(in(1000)));
        assertEquals(7, receive(7, 0));
        assertEquals(0x0003020108070605L, memory.read64(0) & 0xff_ffff_ffff_ffffL);
    }

    @Test
    void aDescriptorArrivesAsAnotherOneOfTheSameFile() {
        try (EventFd event = new EventFd()) {
            pair.first().outgoing().attach(event.fd());
            send(memory, 1, 1000);
            assertEquals(1, receive(1, 8));
            assertEquals(1, passed.count());
            try (EventFd same = EventFd.adopt(passed.take(0, "passed")).orElseThrow()) {
                same.signal();
                assertEquals(1, event.take());
            }
        }
    }

    @Test
    void descriptorsThatNobodyTakesAreClosed() {
        try (MemoryFile file = MemoryFile.create(4096)) {
            long before = OpenFiles.count("memfd:");
            for (int i = 0; i < 5; i++) {
                pair.first().outgoing().attach(file.descriptor().fd());
            }
            send(memory, 1, 1000);
            assertEquals(1, receive(1, 5));
            assertEquals(before + 5, OpenFiles.count("memfd:"));
            passed.closeRest();
            assertEquals(before, OpenFiles.count("memfd:"));
        }
    }

    /** The kernel drops what has no room, and says so by MSG_CTRUNC. */
    @Test
    void moreDescriptorsThanAllowedAreToldAndNotLeaked() {
        try (MemoryFile file = MemoryFile.create(4096)) {
            long before = OpenFiles.count("memfd:");
            for (int i = 0; i < 4; i++) {
                pair.first().outgoing().attach(file.descriptor().fd());
            }
            send(memory, 1, 1000);
            assertEquals(-Errno.E2BIG.number(), receive(1, 3));
            passed.closeRest();
            assertEquals(before, OpenFiles.count("memfd:"));
        }
    }

    @Test
    void anEndIsToldByWhatCameBeforeIt() {
        send(memory, 3, 1000);
        pair.first().close();
        assertEquals(3, receive(8, 0));
        assertEquals(0, receive(8, 0));
    }

    @Test
    void sendingToAClosedEndIsAnError() {
        pair.second().close();
        assertTrue(Errno.EPIPE.is(send(memory, 1, 1000)));
    }

    @Test
    void nothingIsWaitedForLongerThanTheLimit() {
        assertFalse(pair.second().awaitReadable(1_000_000));
        assertTrue(
                Errno.ETIMEDOUT.is(pair.second().receive(memory.address(), 1, passed, 0, in(5))));
        assertTrue(Errno.ETIMEDOUT.is(send(memory, MANY, 5)));
    }

    @Test
    void shutdownWakesAWaitingThread() {
        CompletableFuture<Long> got = CompletableFuture.supplyAsync(() -> receive(1, 0));
        pair.second().shutdown();
        assertEquals(0, got.join());
    }

    @Test
    void onlyAStreamSocketIsAdopted() {
        MemoryFile file = MemoryFile.create(4096);
        assertTrue(UnixSocket.adopt(file.descriptor()).isEmpty());
        assertEquals(-1, file.descriptor().fd());
        file.close();
    }

    @Test
    void onlyAnEventDescriptorIsAdopted() {
        MemoryFile file = MemoryFile.create(4096);
        assertTrue(EventFd.adopt(file.descriptor()).isEmpty());
        file.close();
    }

    @Test
    void aListenerIsForItsUserAloneAndIsGoneWhenClosed() throws IOException {
        Path path = directory.resolve("socket");
        try (UnixListener listener = UnixListener.bind(path)) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            assertNull(listener.accept(1_000_000));
            try (UnixSocket client = UnixSocket.connect(path);
                    UnixSocket served = listener.accept(1_000_000_000)) {
                served.outgoing().piece(memory.address(), 5);
                served.send(in(1000));
                assertEquals(5, client.receive(memory.address(), 5, passed, 0, in(1000)));
            }
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void aListenerLeavesALiveSocketAndRemovesADeadOne() throws IOException {
        Path path = directory.resolve("socket");
        UnixListener dies = UnixListener.bind(path);
        assertThrows(EnvironmentException.class, () -> UnixListener.bind(path));
        Path kept = directory.resolve("kept");
        Files.createLink(kept, path);
        dies.close();
        Files.move(kept, path);
        UnixListener.bind(path).close();
        Files.writeString(path, "no socket");
        assertThrows(EnvironmentException.class, () -> UnixListener.bind(path));
        assertEquals("no socket", Files.readString(path));
    }

    @Test
    void nobodyAtAPathIsAnErrorWithTheNextStep() {
        Path path = directory.resolve("nobody");
        EnvironmentException missing =
                assertThrows(EnvironmentException.class, () -> UnixSocket.connect(path));
        assertTrue(missing.getMessage().contains("ENOENT"), missing.getMessage());
        Path tooLong = directory.resolve("x".repeat(108));
        long before = OpenFiles.count("socket:");
        assertThrows(EnvironmentException.class, () -> UnixSocket.connect(tooLong));
        assertThrows(EnvironmentException.class, () -> UnixListener.bind(tooLong));
        assertEquals(before, OpenFiles.count("socket:"));
    }

    /**
     * A server that is busy and accepts nobody: connect(2) waits for room among those that wait
     * already, which may never come.
     */
    @Test
    void aServerThatAcceptsNobodyIsNotWaitedForLongerThanTheLimit() {
        Path path = directory.resolve("busy");
        List<UnixSocket> waiting = new ArrayList<>();
        try (UnixListener listener = UnixListener.bind(path)) {
            EnvironmentException full =
                    assertTimeoutPreemptively(
                            Duration.ofSeconds(5), () -> connectUntilRefused(path, waiting));
            assertTrue(full.getMessage().contains("EAGAIN"), full.getMessage());
            EnvironmentException taken =
                    assertTimeoutPreemptively(
                            Duration.ofSeconds(5),
                            () ->
                                    assertThrows(
                                            EnvironmentException.class,
                                            () -> UnixListener.bind(path)));
            assertTrue(taken.getMessage().contains("listens there already"), taken.getMessage());
            listener.accept(0).close();
            waiting.add(UnixSocket.connect(path, Duration.ofMillis(50)));
        } finally {
            waiting.forEach(UnixSocket::close);
        }
    }

    private static EnvironmentException connectUntilRefused(Path path, List<UnixSocket> waiting) {
        return assertThrows(
                EnvironmentException.class,
                () -> {
                    for (int i = 0; i < 100; i++) {
                        waiting.add(UnixSocket.connect(path, Duration.ofMillis(50)));
                    }
                });
    }

    /** A file that another process could shorten would make our next access a fault. */
    @Test
    void sharedMemoryCannotBeShortened() {
        try (MemoryFile file = MemoryFile.create(8192)) {
            assertEquals(8192, file.descriptor().fileLength());
            assertTrue(Errno.EPERM.is(Libc.ftruncate(file.descriptor().fd(), 4096)));
            try (Mapping other = Mapping.ofFile(file.descriptor().fd(), 4096, 4096, "it")) {
                other.memory().write32(0, 7);
                assertEquals(7, file.memory().read32(4096));
            }
        }
    }
}
