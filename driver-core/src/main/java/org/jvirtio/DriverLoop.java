package org.jvirtio;

import java.util.List;

/**
 * Turns several drivers, or several queues, on one thread: each in its turn while there is work;
 * when there is none, looks as long as its {@link Waiting} says, and then sleeps on all their
 * interrupts at once.
 *
 * <pre>
 *   turn all --any work--> turn all
 *      |none
 *   spin, as long as Waiting says
 *      |
 *   arm all, each looks again --any work--> turn all
 *      |none
 *   sleep until an interrupt, a timer of a turn, 100 ms, or stop
 *      |
 *   turn all
 * </pre>
 *
 * <p>A turn whose device fails (any {@link VirtioException}) is turned no more and the others go
 * on, unless they belong {@link #together}; the failure is thrown when the loop ends. Every other
 * exception ends the loop at once.
 *
 * <p>Per thread: a loop, its turns, their queues. One loop may turn queues of many devices, and
 * many loops the queues of one; no queue belongs to two. Nothing is allocated per turn.
 */
public final class DriverLoop implements Runnable, AutoCloseable {

    /** Passes over all turns between two looks at the clock, while nobody sleeps. */
    private static final int PASSES_PER_CLOCK = 256;

    private final String name;
    private final Turn[] turns;
    private final IdlePlan idle;
    private final Spin spin;
    private final EmptyWakeups emptyWakeups = new EmptyWakeups();
    private int count;

    /** Whose method is being called, so that its failure is known as its own. */
    private int at;

    private volatile boolean stopped;
    private boolean together;
    private boolean woken;
    private int passes;
    private long lastWatch = System.nanoTime();
    private long sleeps;
    private long lostInterrupts;
    private VirtioException failure;

    /**
     * Makes a loop; {@link #run} turns it, {@link #close} is for one that is never run.
     *
     * @param name for messages
     * @param wanted what to do while there is no work; if not all interrupts can be slept on
     *     together the loop polls, and {@link #decision} says why
     * @param turns at least one; each is called from the thread of {@link #run} only
     */
    public DriverLoop(String name, Waiting wanted, List<? extends Turn> turns) {
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("loop " + name + " has nothing to turn");
        }
        this.name = name;
        this.turns = turns.toArray(Turn[]::new);
        count = this.turns.length;
        idle = IdlePlan.of(name, wanted, turns);
        spin = new Spin(idle.waiting());
    }

    /**
     * Before it runs: has the first failure of a turn end all of them, because they are parts of
     * one thing.
     */
    public DriverLoop together() {
        together = true;
        return this;
    }

    /** What the loop does while there is no work, and why, in one sentence. */
    public String decision() {
        return idle.decision();
    }

    /**
     * Turns until {@link #stop}, until this thread is interrupted, or until every turn is over.
     *
     * @throws VirtioException the first failure of a turn; later ones are its suppressed ones
     */
    @Override
    public void run() {
        try (this) {
            while (!stopped && count > 0) {
                pass();
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Ends the loop after the pass it is in; from any thread, also before it runs. */
    public void stop() {
        stopped = true;
        idle.set().ifPresent(InterruptSet::wake);
    }

    /** Gives back what the loop sleeps on; {@link #run} does so itself. */
    @Override
    public void close() {
        idle.set().ifPresent(InterruptSet::close);
    }

    /** How often it slept; exact once it has ended, as the two below. */
    public long sleeps() {
        return sleeps;
    }

    /** How often there was work after 100 ms of sleep although no interrupt had come. */
    public long lostInterrupts() {
        return lostInterrupts;
    }

    /** How often it was woken for nothing. */
    public long emptyWakeups() {
        return emptyWakeups.total();
    }

    @Override
    public String toString() {
        return "loop " + name;
    }

    private void pass() {
        try {
            boolean worked = turnAll();
            settle(worked);
            if (worked || spin.again()) {
                watchNowAndThen();
                Thread.onSpinWait();
            } else if (count > 0) {
                sleep(idle.set().orElseThrow());
            }
        } catch (VirtioException e) {
            fail(e);
        }
    }

    private boolean turnAll() {
        boolean worked = false;
        for (at = 0; at < count; at++) {
            if (turns[at].turn()) {
                worked = true;
            } else if (turns[at].isOver()) {
                remove();
            }
        }
        return worked;
    }

    private void settle(boolean worked) {
        if (worked) {
            spin.restart();
            emptyWakeups.foundWork();
        } else if (woken) {
            emptyWakeups.foundNothing();
        }
        woken = false;
    }

    private void sleep(InterruptSet set) {
        long now = System.nanoTime();
        watchAll(now);
        if (!armAll()) {
            long limit = longestSleep(now);
            if (limit > 0) {
                sleeps++;
                woken = set.await(limit);
                acknowledgeAll();
                if (!woken && limit == QueueWatch.PERIOD_NANOS && armAll()) {
                    lostInterrupts++;
                }
            }
        }
        disarmAll();
        stopIfInterrupted();
    }

    /** Returns true as soon as one found something: then nobody sleeps, whatever the rest say. */
    private boolean armAll() {
        boolean found = false;
        for (at = 0; at < count && !found; at++) {
            found = turns[at].arm();
        }
        return found;
    }

    private void disarmAll() {
        for (at = 0; at < count; at++) {
            turns[at].disarm();
        }
    }

    private void acknowledgeAll() {
        for (at = 0; at < count; at++) {
            turns[at].interrupt().acknowledge();
        }
    }

    private long longestSleep(long now) {
        long longest = QueueWatch.PERIOD_NANOS;
        for (at = 0; at < count; at++) {
            longest = Math.min(longest, turns[at].longestSleep(now));
        }
        return longest;
    }

    private void watchNowAndThen() {
        if (++passes % PASSES_PER_CLOCK == 0) {
            watchAll(System.nanoTime());
            stopIfInterrupted();
        }
    }

    private void stopIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            stopped = true;
        }
    }

    private void watchAll(long now) {
        if (now - lastWatch < QueueWatch.PERIOD_NANOS) {
            return;
        }
        lastWatch = now;
        for (at = 0; at < count; at++) {
            turns[at].watch(now);
        }
    }

    /** The turn that was being called fails alone, unless they stand and fall together. */
    private void fail(VirtioException cause) {
        if (failure == null) {
            failure = cause;
        } else {
            failure.addSuppressed(cause);
        }
        if (together) {
            count = 0;
        } else {
            remove();
        }
    }

    private void remove() {
        count--;
        System.arraycopy(turns, at + 1, turns, at, count - at);
        turns[count] = null;
        at--;
    }
}
