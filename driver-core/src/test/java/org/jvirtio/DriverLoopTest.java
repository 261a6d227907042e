package org.jvirtio;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvirtio.partner.ScriptedSet;
import org.jvirtio.partner.ScriptedTurn;

/**
 * Many drivers on one thread: what is called in which order, on scripted turns. Arming and looking
 * again is section 2.7.14; the order of turns is ours.
 */
@Timeout(10)
class DriverLoopTest {

    private final List<String> log = new ArrayList<>();
    private final ScriptedSet set = new ScriptedSet(log);
    private final ScriptedTurn a = new ScriptedTurn("a", log, set);
    private final ScriptedTurn b = new ScriptedTurn("b", log, set);

    private DriverLoop loop(Waiting waiting) {
        return new DriverLoop("test", waiting, List.of(a, b));
    }

    /** Runs a loop that stops in the given sleep. */
    private DriverLoop runUntilSleep(int last, Waiting waiting, LongPredicate came) {
        DriverLoop loop = loop(waiting);
        set.sleep =
                nanos -> {
                    if (set.sleeps == last) {
                        loop.stop();
                    }
                    return came.test(nanos);
                };
        loop.run();
        return loop;
    }

    @Test
    void aTurnWithMuchWorkDoesNotKeepTheOthersWaiting() {
        a.work = 3;
        b.work = 2;

        runUntilSleep(1, Waiting.interrupt(), nanos -> true);

        assertEquals(
                List.of("a works", "b works", "a works", "b works", "a works", "b turns"),
                log.subList(0, 6));
    }

    @Test
    void armsAllBeforeItSleepsAndDisarmsAllAfterwards() {
        runUntilSleep(1, Waiting.interrupt(), nanos -> true);

        assertEquals(
                List.of(
                        "a turns",
                        "b turns",
                        "a arms",
                        "b arms",
                        "sleep",
                        "a acknowledged",
                        "b acknowledged",
                        "a disarms",
                        "b disarms"),
                log);
    }

    @Test
    void doesNotSleepIfTheLastLookFindsSomething() {
        b.foundByArming = 1;

        runUntilSleep(1, Waiting.interrupt(), nanos -> true);

        assertEquals(
                List.of("a arms", "b arms", "a disarms", "b disarms", "a turns", "b works"),
                log.subList(2, 8));
        assertEquals(1, set.sleeps);
    }

    @Test
    void looksAsOftenAsItWasToldBeforeItSleeps() {
        runUntilSleep(1, Waiting.hybrid(5), nanos -> true);

        assertEquals(6, log.indexOf("a arms") / 2, () -> log.toString());
    }

    @Test
    void neverSleepsIfItWasToldToPoll() {
        a.overAfter = 1000;
        b.overAfter = 1000;
        DriverLoop loop = loop(Waiting.poll());

        loop.run();

        assertEquals("loop test polls: it was asked to", loop.decision());
        assertFalse(log.contains("a arms"));
    }

    @Test
    void pollsWhereThereIsNoInterruptAndSaysWhy() {
        a.interrupt.canSleep = false;
        a.overAfter = 1;
        b.overAfter = 1;
        DriverLoop loop = loop(Waiting.interrupt());

        loop.run();

        assertEquals("loop test polls: no interrupt on the reach of its turn 0", loop.decision());
    }

    @Test
    void pollsIfTheInterruptsAreOfDifferentReachesAndSaysWhich() {
        set.refuses = b.interrupt;

        DriverLoop loop = loop(Waiting.interrupt());

        assertTrue(
                loop.decision().startsWith("loop test polls: the interrupt of its turn 1 cannot"));
        assertTrue(set.closed);
    }

    @Test
    void sleepsNoLongerThanATurnWithATimerAsksFor() {
        List<Long> limits = new ArrayList<>();
        b.timer = 5_000_000;

        runUntilSleep(1, Waiting.interrupt(), nanos -> limits.add(nanos));

        assertEquals(List.of(5_000_000L), limits);
    }

    @Test
    void sleepsNoLongerThanTheWatchdogAllows() {
        List<Long> limits = new ArrayList<>();

        runUntilSleep(1, Waiting.interrupt(), nanos -> limits.add(nanos));

        assertEquals(List.of(100_000_000L), limits);
    }

    /** Q12. */
    @Test
    void countsWorkThatIsFoundWithoutAnInterrupt() {
        set.beforeSleepEnds = () -> a.foundByArming = set.sleeps == 1 ? 1 : 0;

        DriverLoop loop = runUntilSleep(2, Waiting.interrupt(), nanos -> false);

        assertEquals(1, loop.lostInterrupts());
        assertTrue(log.contains("a works"));
    }

    /** Q11. */
    @Test
    void aStormOfInterruptsDoesNotBurnTheProcessor() {
        long start = System.nanoTime();

        DriverLoop loop = runUntilSleep(300, Waiting.DEFAULT, nanos -> true);

        assertTrue(loop.emptyWakeups() >= 299, () -> loop.emptyWakeups() + " counted");
        long took = System.nanoTime() - start;
        assertTrue(took > 150_000_000, took + " ns for 200 wake-ups of a storm");
    }

    @Test
    void aStopBeforeTheRunEndsItAtOnce() {
        DriverLoop loop = loop(Waiting.interrupt());
        loop.stop();

        loop.run();

        assertTrue(set.woken);
        assertFalse(log.contains("sleep"));
        assertTrue(set.closed);
    }

    @Test
    void anInterruptedThreadStopsTurning() {
        runWithInterruptedThread();

        assertTrue(Thread.interrupted(), "and is still interrupted");
    }

    @Test
    void anInterruptedThreadStopsTurningThoughItNeverSleeps() {
        a.quiet = true;
        b.quiet = true;
        a.overAfter = 1_000_000;
        b.overAfter = 1_000_000;

        Thread.currentThread().interrupt();
        loop(Waiting.poll()).run();

        assertTrue(Thread.interrupted(), "and is still interrupted");
        assertFalse(a.isOver() || b.isOver(), "and did not turn to the end");
    }

    private void runWithInterruptedThread() {
        Thread.currentThread().interrupt();
        loop(Waiting.interrupt()).run();
    }

    @Test
    void endsWithItsLastTurn() {
        a.overAfter = 2;
        b.overAfter = 4;

        loop(Waiting.poll()).run();

        assertEquals("b turns", log.get(log.size() - 1));
        assertEquals(2, log.stream().filter("a turns"::equals).count());
    }

    @Test
    void aDeviceThatFailsLeavesTheOthersTurning() {
        a.failure = new DeviceBrokenException("a is gone");
        b.overAfter = 10;
        DriverLoop loop = loop(Waiting.poll());

        assertSame(a.failure, assertThrows(DeviceBrokenException.class, loop::run));

        assertEquals(10, log.stream().filter("b turns"::equals).count());
        assertEquals(1, log.stream().filter("a turns"::equals).count());
    }

    @Test
    void turnsThatBelongTogetherEndTogether() {
        a.failure = new DeviceBrokenException("a is gone");
        b.overAfter = 10;
        DriverLoop loop = loop(Waiting.poll()).together();

        assertSame(a.failure, assertThrows(DeviceBrokenException.class, loop::run));

        assertEquals(0, log.stream().filter("b turns"::equals).count());
    }

    @Test
    void aMistakeOfTheProgramEndsTheLoop() {
        a.failure = new IllegalStateException("a is wrong");

        assertThrows(IllegalStateException.class, loop(Waiting.interrupt())::run);

        assertFalse(log.contains("b turns"));
        assertTrue(set.closed);
    }

    @Test
    void watchesEveryTurnNowAndThenThoughTheyAreBusy() {
        a.work = Integer.MAX_VALUE;
        a.quiet = true;
        b.quiet = true;
        DriverLoop loop = loop(Waiting.interrupt());
        b.watch =
                () -> {
                    if (b.watched == 3) {
                        loop.stop();
                    }
                };

        assertDoesNotThrow(loop::run);

        assertTrue(a.watched >= 2, () -> "watched " + a.watched);
    }

    @Test
    void allocatesNothingPerTurnNorPerSleep() {
        a.quiet = true;
        b.quiet = true;
        set.quiet = true;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] before = new long[1];
        DriverLoop loop = loop(Waiting.hybrid(2));
        set.sleep =
                nanos -> {
                    a.work = 1;
                    if (set.sleeps == 50_000) {
                        before[0] = threads.getCurrentThreadAllocatedBytes();
                    } else if (set.sleeps == 150_000) {
                        before[0] = threads.getCurrentThreadAllocatedBytes() - before[0];
                        loop.stop();
                    }
                    return true;
                };

        loop.run();

        // The JVM itself may allocate a little now and then; a turn of ours would do so each time.
        assertTrue(before[0] < 100_000, () -> before[0] + " bytes in 100000 rounds");
    }

    @Test
    void nothingToTurnIsAMistake() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new DriverLoop("empty", Waiting.poll(), List.of()));
    }
}
