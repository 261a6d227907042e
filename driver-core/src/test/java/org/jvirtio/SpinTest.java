package org.jvirtio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long one looks before one sleeps; ours, the specification leaves it to the driver. */
class SpinTest {

    private static int looks(Spin spin, int most) {
        int looks = 0;
        while (looks < most && spin.again()) {
            looks++;
        }
        return looks;
    }

    @Test
    void pollingNeverSleeps() {
        assertEquals(1_000_000, looks(new Spin(Waiting.poll()), 1_000_000));
    }

    @Test
    void interruptSleepsAtOnce() {
        assertFalse(new Spin(Waiting.interrupt()).again());
    }

    @Test
    void hybridSleepsAfterItsLooksAndBeginsAnewWhenSomethingWasFound() {
        Spin spin = new Spin(Waiting.hybrid(7));

        assertEquals(7, looks(spin, 100));
        assertFalse(spin.again());
        spin.restart();
        assertEquals(7, looks(spin, 100));
    }

    @Test
    void hybridOfNoLooksIsInterrupt() {
        assertFalse(new Spin(Waiting.hybrid(0)).again());
    }

    @Test
    void hybridSleepsAfterItsTime() {
        Spin spin = new Spin(Waiting.hybrid(Duration.ofMillis(20)));
        long start = System.nanoTime();

        while (spin.again()) {
            Thread.onSpinWait();
        }

        long took = System.nanoTime() - start;
        assertTrue(took >= 20_000_000, took + " ns");
    }

    @Test
    void hybridLooksNoMoreAfterItsTimeUntilSomethingWasFound() {
        Spin spin = new Spin(Waiting.hybrid(Duration.ofMillis(1)));
        while (spin.again()) {
            Thread.onSpinWait();
        }

        assertEquals(0, looks(spin, 100));
        spin.restart();
        assertTrue(spin.again());
    }

    @Test
    void aBoundIsNeverNegative() {
        assertThrows(IllegalArgumentException.class, () -> Waiting.hybrid(-1));
        assertThrows(IllegalArgumentException.class, () -> Waiting.hybrid(Duration.ofNanos(-1)));
    }

    @Test
    void theSentenceNamesTheBound() {
        assertEquals("looks 7 times, then sleeps on it", Waiting.hybrid(7).sentence("it"));
        assertEquals(
                "looks for 9 ns, then sleeps on it",
                Waiting.hybrid(Duration.ofNanos(9)).sentence("it"));
        assertEquals("polls", Waiting.poll().sentence("it"));
    }
}
