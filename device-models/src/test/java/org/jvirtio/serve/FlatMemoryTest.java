package org.jvirtio.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.EventFd;
import org.jvirtio.linux.MemoryFile;

/** A server holds no more after many clients than after a few. */
class FlatMemoryTest {

    private static final int BOTH = 3;
    private static final int EVENTFD_TRIGGER = 4 | 32;
    private static final int MSIX = 2;

    /**
     * Of a thousand clients, who used to leave 80 each; the heap alone breathes by ten thousand.
     */
    private static final long MOST_GROWTH_KIB = 40 << 10;

    @Test
    void clientsThatComeAndGoLeaveNothingBehind() throws IOException {
        try (Served served = new Served("net,layout=virtio1");
                MemoryFile memory = MemoryFile.create(0x10000);
                EventFd event = new EventFd()) {
            visit(served, memory, event, 200);
            long descriptors = descriptors();
            long before = residentKib();
            visit(served, memory, event, 1000);
            assertEquals(descriptors, descriptors());
            long growth = residentKib() - before;
            assertTrue(growth < MOST_GROWTH_KIB, growth + " KiB more");
        }
    }

    /** Found by ServerFuzzTest: a fuzzer made twenty thousand servers, and then no more. */
    @Test
    void serversThatComeAndGoLeaveNoDescriptor() throws IOException {
        serveAndEnd();
        long descriptors = descriptors();
        for (int i = 0; i < 20; i++) {
            serveAndEnd();
        }
        assertEquals(descriptors, descriptors());
    }

    @Test
    void serversThatCannotBeMadeLeaveNoDescriptor() throws IOException {
        long descriptors = descriptors();
        for (int i = 0; i < 20; i++) {
            assertThrows(
                    EnvironmentException.class,
                    () -> new ServedDevice("entropy", Path.of("/nowhere/socket"), line -> {}));
            assertThrows(IllegalArgumentException.class, () -> new Served("no such device"));
        }
        assertEquals(descriptors, descriptors());
    }

    private static void serveAndEnd() {
        try (Served served = new Served("entropy");
                RawClient client = served.client()) {
            assertEquals(0, client.read(RawClient.CONFIG, 0, 4));
        }
    }

    private static void visit(Served served, MemoryFile memory, EventFd event, int times) {
        for (int i = 0; i < times; i++) {
            served.log.clear();
            if (i % 50 == 0) {
                System.gc(); // so that the heap stays as small, and what is freed with its owner is
            }
            try (RawClient client = served.client()) {
                int fd = memory.descriptor().fd();
                assertEquals(0, client.map(0x10_0000, 0x10000, BOTH, 0, fd));
                for (int vector = 0; vector < 3; vector++) {
                    client.irqs(EVENTFD_TRIGGER, MSIX, vector, 1, event.fd());
                }
            }
            served.awaitTold("is gone");
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    private static long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
