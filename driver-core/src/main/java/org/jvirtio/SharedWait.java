package org.jvirtio;

import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * One lock around a whole device, for drivers that several threads call, and one way for all of
 * them to wait: whoever comes first sleeps on every interrupt of the device, the others on the
 * lock.
 *
 * <pre>
 *   lock
 *     ready?  --yes--> go on
 *     arm: ask for an interrupt, look again --found--> ready?
 *     nobody sleeps on the interrupts: unlock, sleep, lock, wake the others
 *     somebody does:                   wait to be woken
 * </pre>
 *
 * <p>The lock is never held while sleeping. Nobody sleeps longer than 100 ms without looking, and
 * then looks at the device status too; so a lost interrupt, a device that dies, and a thread that
 * is interrupted are all noticed. Where the interrupts cannot be slept on together it looks five
 * thousand times a second. Thread-safe.
 */
public final class SharedWait implements AutoCloseable {

    /** Between two looks where there is nothing to sleep on. */
    private static final long LOOK_NANOS = 200_000;

    private static final int LOOKS_PER_WATCH = 1024;

    private final RunningDevice device;
    private final Waiting waiting;
    private final Optional<InterruptSet> set;
    private final String decision;

    /** Fair, or one who looks again and again would never let another in. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private final Condition news = lock.newCondition();

    /** Somebody sleeps on the interrupts. */
    private boolean occupied;

    /** Goes up whenever all who wait have to look again. */
    private long call;

    private final EmptyWakeups emptyWakeups = new EmptyWakeups();

    /** Somebody was woken, and nobody had anything to do since. */
    private boolean wokenForNothing;

    private long lastCheck = System.nanoTime();
    private long sleeps;
    private long lostInterrupts;

    /**
     * Prepares to wait for a device.
     *
     * @param waiting how long to look before one sleeps
     */
    public SharedWait(RunningDevice device, Waiting waiting) {
        this.device = device;
        this.waiting = waiting;
        set = device.interrupts().mode() == InterruptMode.POLLING ? Optional.empty() : all(device);
        decision =
                device.type().label()
                        + " "
                        + (set.isPresent() || waiting.mode() == Waiting.Mode.POLL
                                ? waiting.sentence("all its interrupts")
                                : "is looked at every 0.2 ms: no interrupts here that one can sleep"
                                        + " on together");
    }

    private static Optional<InterruptSet> all(RunningDevice device) {
        Optional<InterruptSet> made = device.queueInterrupt(0).newSet();
        if (made.isPresent() && !addAll(device, made.get())) {
            made.get().close();
            return Optional.empty();
        }
        return made;
    }

    private static boolean addAll(RunningDevice device, InterruptSet set) {
        boolean added = set.add(device.configInterrupt());
        for (int queue = 0; queue < device.queueCount() && added; queue++) {
            added = set.add(device.queueInterrupt(queue));
        }
        return added;
    }

    /** How one waits here, and why, in one sentence. */
    public String decision() {
        return decision;
    }

    /** How often somebody slept on the interrupts. */
    public long sleeps() {
        return sleeps;
    }

    /** How often there was work after 100 ms of sleep although no interrupt had come. */
    public long lostInterrupts() {
        return lostInterrupts;
    }

    /** How often an interrupt came and nobody had anything to do. */
    public long emptyWakeups() {
        return emptyWakeups.total();
    }

    public void lock() {
        lock.lock();
    }

    public void unlock() {
        lock.unlock();
    }

    /** Something is different now, by the caller: all who wait look again. With the lock held. */
    public void changed() {
        callAll();
        if (occupied) {
            set.ifPresent(InterruptSet::wake);
        }
    }

    /**
     * Waits until something holds. Called with the lock held once; it is held again afterwards, and
     * while {@code ready} and {@code arm} run.
     *
     * @param ready does what there is to do and says whether that was it; never waits
     * @param arm {@link org.jvirtio.queue.Virtqueue#enableInterrupts} of the queues that matter;
     *     true if there is something to look at
     * @return false if the limit passed, or this thread was interrupted
     * @throws DeviceBrokenException if the device stopped running
     */
    public boolean await(BooleanSupplier ready, BooleanSupplier arm, long limitNanos) {
        boolean found = ready.getAsBoolean() || sleepUntil(ready, arm, limitNanos);
        if (found) {
            wokenForNothing = false;
            emptyWakeups.foundWork();
        }
        return found;
    }

    private boolean sleepUntil(BooleanSupplier ready, BooleanSupplier arm, long limitNanos) {
        Spin spin = new Spin(waiting);
        long begin = System.nanoTime();
        int look = 0;
        do {
            long now = System.nanoTime();
            long left = limitNanos - (now - begin);
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            if (spin.again()) {
                pause(++look, now);
            } else if (!arm.getAsBoolean()) {
                check(now);
                boolean late = sleep(Math.min(left, QueueWatch.PERIOD_NANOS));
                lostInterrupts += late && arm.getAsBoolean() ? 1 : 0;
            }
        } while (!ready.getAsBoolean());
        return true;
    }

    /** Lets the others have the lock. */
    private void pause(int look, long now) {
        if (look % LOOKS_PER_WATCH == 0) {
            check(now);
        }
        lock.unlock();
        Thread.onSpinWait();
        lock.lock();
    }

    private void check(long now) {
        if (now - lastCheck >= QueueWatch.PERIOD_NANOS) {
            lastCheck = now;
            device.check();
        }
    }

    /** True if an interrupt could have come for as long as anybody sleeps, and none did. */
    private boolean sleep(long nanos) {
        if (occupied) {
            follow(nanos);
            return false;
        }
        if (set.isPresent()) {
            return !lead(set.get(), nanos) && nanos == QueueWatch.PERIOD_NANOS;
        }
        lock.unlock();
        LockSupport.parkNanos(Math.min(nanos, LOOK_NANOS));
        lock.lock();
        return false;
    }

    private void follow(long nanos) {
        long before = call;
        try {
            for (long left = nanos; left > 0 && call == before; ) {
                left = news.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** True if it was woken. */
    private boolean lead(InterruptSet all, long nanos) {
        occupied = true;
        sleeps++;
        lock.unlock();
        boolean woken = false;
        try {
            if (wokenForNothing) {
                emptyWakeups.foundNothing();
            }
            woken = all.await(nanos);
        } finally {
            lock.lock();
            occupied = false;
            wokenForNothing = woken;
            callAll();
        }
        acknowledge();
        return woken;
    }

    private void callAll() {
        call++;
        news.signalAll();
    }

    private void acknowledge() {
        device.configInterrupt().acknowledge();
        for (int queue = 0; queue < device.queueCount(); queue++) {
            device.queueInterrupt(queue).acknowledge();
        }
    }

    /**
     * Gives back what is slept on, once nobody sleeps any more. With the lock held, and {@code
     * ready} of everybody true by now: they have to leave.
     */
    @Override
    public void close() {
        changed();
        while (occupied) {
            news.awaitUninterruptibly();
        }
        set.ifPresent(InterruptSet::close);
    }
}
