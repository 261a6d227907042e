package org.jvirtio.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** eventfd(2) with ppoll(2), as interrupts use them. */
class EventFdTest {

    private static final int ROUNDS = 1000;

    private final EventFd event = new EventFd();

    @AfterEach
    void closeIt() {
        event.close();
    }

    @Test
    void waitingEndsAtTheLimitWhenNothingComes() {
        long start = System.nanoTime();
        assertFalse(event.await(TimeUnit.MILLISECONDS.toNanos(20)));
        assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(20));
    }

    @Test
    void aSignalBeforeTheWaitIsNotLostAndCountsOnce() {
        event.signal();
        event.signal();
        assertTrue(event.await(0));
        assertFalse(event.await(0));
    }

    @Test
    void takingTellsHowOftenItWasRaised() {
        event.signal();
        event.signal();
        assertEquals(2, event.take());
        assertEquals(0, event.take());
    }

    @Test
    void aSignalFromAnotherThreadEndsTheWait() throws Exception {
        Thread other = new Thread(event::signal);
        other.start();
        assertTrue(event.await(TimeUnit.SECONDS.toNanos(10)));
        other.join();
    }

    @Test
    void waitingAllocatesNothing() {
        waitOften();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        waitOften();
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        // The JVM itself may allocate a little now and then; a call of ours would do so each time.
        assertTrue(bytes < ROUNDS, () -> bytes + " bytes in " + ROUNDS + " rounds");
    }

    private void waitOften() {
        for (int i = 0; i < ROUNDS; i++) {
            event.await(1);
            event.signal();
            event.await(1);
        }
    }

    @Test
    void closingTwiceIsHarmless() {
        event.close();
        event.close();
        assertEquals(-1, event.fd());
    }
}
