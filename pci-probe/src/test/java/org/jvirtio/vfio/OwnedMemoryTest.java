package org.jvirtio.vfio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.jvirtio.linux.Descriptor;
import org.jvirtio.linux.EventFd;
import org.jvirtio.linux.FileRegisters;
import org.jvirtio.linux.WakingPoll;

/** The small structures that objects hold outside the heap go with those objects. */
class OwnedMemoryTest {

    private static final int MANY = 20_000;
    private static final int BETWEEN_COLLECTIONS = 500;

    /** Each takes a page at least, which makes 80,000; the heap alone breathes by ten thousand. */
    private static final long MOST_GROWTH_KIB = 40 << 10;

    @Test
    void thoseOfASetOfDescriptors() throws IOException {
        try (EventFd event = new EventFd()) {
            assertFlat(() -> event.newSet().orElseThrow().close());
        }
    }

    @Test
    void thoseOfRegistersBehindAFile() throws IOException {
        Descriptor none = new Descriptor(-1, "no file");
        assertFlat(() -> new FileRegisters(none, 0, 4096, false));
    }

    @Test
    void thoseOfAWaitThatOthersEnd() throws IOException {
        try (EventFd wake = new EventFd()) {
            assertFlat(() -> new WakingPoll(wake));
        }
    }

    @Test
    void thoseThatUnmaskAPin() throws IOException {
        assertFlat(() -> IrqSet.unmask(IrqIndex.INTX, new Object()));
    }

    private static void assertFlat(Runnable making) throws IOException {
        repeat(making, MANY / 10);
        long before = residentKib();
        repeat(making, MANY);
        long growth = residentKib() - before;
        assertTrue(growth < MOST_GROWTH_KIB, growth + " KiB more");
    }

    private static void repeat(Runnable making, int times) {
        for (int i = 0; i < times; i++) {
            if (i % BETWEEN_COLLECTIONS == 0) {
                System.gc();
            }
            making.run();
        }
    }

    private static long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
