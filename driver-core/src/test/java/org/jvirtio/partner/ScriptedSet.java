package org.jvirtio.partner;

import java.util.List;
import java.util.function.LongPredicate;
import org.jvirtio.Interrupt;
import org.jvirtio.InterruptSet;

/** A set whose sleeps are what the test says, and take no time. */
public final class ScriptedSet implements InterruptSet {

    private final List<String> log;

    /** What a sleep of so many nanoseconds does, and whether an interrupt ended it. */
    public LongPredicate sleep = nanos -> true;

    public Runnable beforeSleepEnds = () -> {};
    public Interrupt refuses;
    public int members;
    public int sleeps;
    public boolean woken;
    public boolean closed;

    /** Nothing is written down. */
    public boolean quiet;

    public ScriptedSet(List<String> log) {
        this.log = log;
    }

    @Override
    public boolean add(Interrupt interrupt) {
        members++;
        return interrupt != refuses;
    }

    @Override
    public boolean await(long nanos) {
        if (!quiet) {
            log.add("sleep");
        }
        sleeps++;
        beforeSleepEnds.run();
        return sleep.test(nanos);
    }

    @Override
    public void wake() {
        woken = true;
    }

    @Override
    public void close() {
        closed = true;
    }
}
