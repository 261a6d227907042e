package org.jvirtio.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** epoll(7) over eventfd(2), edge-triggered, as a loop over several devices sleeps on them. */
@Timeout(60)
class DescriptorSetTest {

    private static final long LONG = TimeUnit.SECONDS.toNanos(10);
    private static final int ROUNDS = 1000;

    private final EventFd one = new EventFd();
    private final EventFd other = new EventFd();
    private final DescriptorSet set = new DescriptorSet();

    @AfterEach
    void closeAll() {
        set.close();
        one.close();
        other.close();
    }

    private void addBoth() {
        assertTrue(set.add(one));
        assertTrue(set.add(other));
    }

    @Test
    void waitingEndsAtTheLimitWhenNothingComes() {
        addBoth();
        long start = System.nanoTime();

        assertFalse(set.await(TimeUnit.MILLISECONDS.toNanos(20)));

        assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(20));
    }

    @Test
    void everyMemberEndsAWait() {
        addBoth();

        one.signal();
        assertTrue(set.await(LONG));
        other.signal();
        assertTrue(set.await(LONG));
        assertFalse(set.await(0));
    }

    @Test
    void nobodyHasToTakeTheCounterForTheNextSignalToEndAWait() {
        addBoth();
        for (int i = 0; i < 3; i++) {
            one.signal();
            assertTrue(set.await(LONG));
            assertFalse(set.await(0));
        }
        assertEquals(3, one.take());
    }

    @Test
    void aSignalBeforeItWasAddedEndsTheFirstWait() {
        one.signal();
        addBoth();

        assertTrue(set.await(LONG));
    }

    @Test
    void oneSignalEndsTheWaitsOfEverySet() {
        addBoth();
        try (DescriptorSet second = new DescriptorSet()) {
            second.add(one);

            one.signal();

            assertTrue(set.await(LONG));
            assertTrue(second.await(LONG));
        }
    }

    @Test
    void addingTwiceIsAddingOnce() {
        addBoth();
        addBoth();

        one.signal();

        assertTrue(set.await(LONG));
        assertFalse(set.await(0));
    }

    @Test
    void whatIsNoEventDescriptorIsRefused() {
        assertFalse(set.add(nanos -> true));
    }

    @Test
    void aWakeFromAnotherThreadEndsTheWait() throws Exception {
        addBoth();
        Thread waker = new Thread(set::wake);
        waker.start();

        assertTrue(set.await(LONG));

        waker.join();
    }

    @Test
    void aWakeBeforeTheWaitEndsIt() {
        set.wake();

        assertTrue(set.await(LONG));
        assertFalse(set.await(0));
    }

    @Test
    void aWakeOfAClosedSetIsHarmless() {
        set.close();
        set.wake();
        set.close();
    }

    /** The race between the last look at a ring and the sleep, as often as it takes a second. */
    @Test
    void noSignalOfAnotherThreadIsLost() throws Exception {
        addBoth();
        try (EventFd answer = new EventFd()) {
            Thread device =
                    new Thread(
                            () -> {
                                for (int i = 0; i < ROUNDS; i++) {
                                    (i % 2 == 0 ? one : other).signal();
                                    answer.await(LONG);
                                }
                            });
            device.start();
            for (int i = 0; i < ROUNDS; i++) {
                assertTrue(set.await(LONG), "signal " + i);
                answer.signal();
            }
            device.join();
        }
    }

    @Test
    void waitingAllocatesNothing() {
        addBoth();
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
            one.signal();
            set.await(LONG);
        }
    }
}
