package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.memory.DmaRegion;

/** The entropy device (virtio 1.4 section 5.4) through each layout. */
class EntropyModelTest {

    private static final long SEED = 7;

    static Stream<MiniDriver> everyLayout() {
        return Stream.of(
                MiniDriver.virtio1(function("virtio1")),
                MiniDriver.virtio1(function("transitional")),
                MiniDriver.virtio1(function("legacy+register-set+virtio1")),
                MiniDriver.registerSet(function("register-set"), 1),
                MiniDriver.registerSet(function("mail-transitional"), 1),
                MiniDriver.registerSet(function("mail-fast-isr"), 1),
                MiniDriver.registerSet(function("mail-slow-isr"), 0),
                MiniDriver.legacy(function("legacy")),
                MiniDriver.legacy(function("transitional")),
                MiniDriver.legacy(function("mail-transitional")));
    }

    private static EmulatedFunction function(String layout) {
        return new EmulatedFunction(
                "emulated:entropy,layout=" + layout,
                new EntropyModel(SEED),
                new FunctionOptions().layout(layout));
    }

    @ParameterizedTest
    @MethodSource("everyLayout")
    void fillsABufferWithTheBytesOfItsSeed(MiniDriver driver) {
        MiniQueue queue = driver.start(driver.least());

        DmaRegion first = driver.request(queue, 5);
        DmaRegion second = driver.request(queue, 5000);

        assertEquals(2, queue.usedIndex());
        assertEquals(5, queue.usedLength(0));
        assertEquals(5000, queue.usedLength(1));
        expectStream(first, 0);
        expectStream(second, 5);
        driver.status(0);
        driver.function.close();
        assertEquals(List.of(), driver.function.complaints().list());
    }

    @Test
    void answersShortlyWhenToldTo() {
        EmulatedFunction function =
                new EmulatedFunction("short", new EntropyModel(SEED, 3), new FunctionOptions());
        MiniDriver driver = MiniDriver.virtio1(function);
        MiniQueue queue = driver.start(driver.least());

        DmaRegion buffer = driver.request(queue, 8);

        assertEquals(3, queue.usedLength(0));
        expectStream(buffer, 0, 3);
        assertEquals(0, buffer.memory().read8(3), "beyond the answer nothing is written");
    }

    @Test
    void needsAResetAfterAReadableBuffer() {
        EmulatedFunction function = function("virtio1");
        MiniDriver driver = MiniDriver.virtio1(function);
        MiniQueue queue = driver.start(driver.least());

        queue.offer(queue.chain(List.of(queue.readable(new byte[4])), List.of()));
        driver.ring();

        assertEquals(0x4f, driver.status());
        assertTrue(function.complaints().toString().contains("4 readable"));
    }

    private static void expectStream(DmaRegion region, long start) {
        expectStream(region, start, (int) region.length());
    }

    private static void expectStream(DmaRegion region, long start, int count) {
        for (int i = 0; i < count; i++) {
            int expected = EntropyModel.byteAt(SEED, start + i) & 0xff;
            assertEquals(expected, region.memory().read8(i), "byte " + i);
        }
    }
}
