package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What lies between a model and its host outside the heap goes with the model. */
class HostMemoryTest {

    private static final class Nobody implements LineEnd {

        @Override
        public int connected() {
            return LineThread.NOBODY;
        }

        @Override
        public void hangUp() {}

        @Override
        public void close() {}
    }

    /** 16 KiB each. */
    @Test
    void thatOfAConsoleLine() throws IOException {
        assertFlat(5000, () -> new HostLine(new Nobody()).close());
    }

    /** 512 KiB each. */
    @Test
    void thatOfAStreamOfFrames() throws IOException {
        assertFlat(200, () -> new NetStream(new Nobody()).close());
    }

    /** Who keeps all grows by 80 MiB or more. */
    private static void assertFlat(int many, Runnable making) throws IOException {
        repeat(making, many, many / 5);
        long before = residentKib();
        repeat(making, many, many);
        long growth = residentKib() - before;
        assertTrue(growth < 40 << 10, growth + " KiB more");
    }

    private static void repeat(Runnable making, int many, int times) {
        for (int i = 0; i < times; i++) {
            if (i % (many / 20) == 0) {
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
