package org.jvirtio.model;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jvirtio.Interrupt;
import org.jvirtio.InterruptSet;

/**
 * Interrupts inside this process that one thread sleeps on at once: each tells the set when it
 * comes.
 */
final class CountedInterruptSet implements InterruptSet {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Set<CountedInterrupt> members = new LinkedHashSet<>();
    private boolean woken;

    @Override
    public boolean add(Interrupt interrupt) {
        if (!(interrupt.line() instanceof CountedInterrupt counted)) {
            return false;
        }
        if (members.add(counted)) {
            counted.tell(this);
        }
        return true;
    }

    @Override
    public synchronized boolean await(long nanos) {
        long end = System.nanoTime() + nanos;
        try {
            for (long left = nanos; !woken; left = end - System.nanoTime()) {
                if (left <= 0) {
                    return false;
                }
                wait(left / NANOS_PER_MILLI, (int) (left % NANOS_PER_MILLI));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        woken = false;
        return true;
    }

    @Override
    public synchronized void wake() {
        woken = true;
        notifyAll();
    }

    @Override
    public void close() {
        for (CountedInterrupt member : members) {
            member.forget(this);
        }
    }
}
