package org.jvirtio.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvirtio.memory.NativeMemory;

/** Event descriptors of a process that does with them what eventfd(2) and fcntl(2) allow. */
class PassedEventTest {

    private static final int BLOCKING = 0;

    /** The most that write(2) makes of a counter, unsigned. */
    private static final long FULL = -2;

    private final EventFd theirs = new EventFd();
    private final NativeMemory counter = NativeMemory.allocate(Long.BYTES);
    private PassedEvent event;

    @BeforeEach
    void adopt() {
        event = PassedEvent.adopt(passed(theirs.fd())).orElseThrow();
    }

    @AfterEach
    void closeAll() {
        event.close();
        theirs.close();
        counter.close();
    }

    /** Another number of the same open file, as one that comes over a socket. */
    private Descriptor passed(int fd) {
        UnixSocket.Pair pair = UnixSocket.pair();
        PassedDescriptors descriptors = new PassedDescriptors();
        try (UnixSocket first = pair.first();
                UnixSocket second = pair.second()) {
            long deadline = System.nanoTime() + Duration.ofSeconds(2).toNanos();
            first.outgoing().attach(fd);
            first.outgoing().piece(counter.address(), 1);
            assertEquals(0, first.send(deadline));
            assertEquals(1, second.receive(counter.address(), 1, descriptors, 1, deadline));
        }
        return descriptors.take(0, "passed");
    }

    private void fill() {
        counter.write64(0, FULL);
        assertEquals(Long.BYTES, Libc.write(theirs.fd(), counter.address(), Long.BYTES));
    }

    @Test
    void eachSignalAddsOne() {
        event.signal();
        event.signal();
        assertEquals(2, theirs.take());
    }

    /** More than the kernel keeps of the writes whose ends raise it. */
    @Test
    void thousandsOfSignalsAreAllCounted() {
        for (int i = 0; i < 5000; i++) {
            event.signal();
        }
        assertEquals(5000, theirs.take());
    }

    @Test
    void signalsOfSeveralThreadsAreAllCounted() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> thousand(event));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(4000, theirs.take());
    }

    private static void thousand(PassedEvent event) {
        for (int i = 0; i < 1000; i++) {
            event.signal();
        }
    }

    @Test
    void aCounterThatIsFullIsNotWaitedForThoughItBlocks() {
        assertEquals(0, Libc.fcntl(theirs.fd(), Libc.F_SETFL, BLOCKING));
        fill();
        assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> {
                    event.signal();
                    event.signal();
                });
        assertTrue(theirs.take() != 0);
    }

    @Test
    void whatIsNoEventDescriptorIsClosed() {
        UnixSocket.Pair pair = UnixSocket.pair();
        MemoryFile file = MemoryFile.create(4096);
        Descriptor socket = passed(pair.first().fd());
        assertTrue(PassedEvent.adopt(socket).isEmpty());
        assertEquals(-1, socket.fd());
        assertTrue(PassedEvent.adopt(file.descriptor()).isEmpty());
        assertEquals(-1, file.descriptor().fd());
        file.close();
        pair.first().close();
        pair.second().close();
    }
}
