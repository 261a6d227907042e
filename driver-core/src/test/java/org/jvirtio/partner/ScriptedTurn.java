package org.jvirtio.partner;

import java.util.List;
import java.util.Optional;
import org.jvirtio.Interrupt;
import org.jvirtio.InterruptSet;
import org.jvirtio.Turn;

/** A turn that has as much work as the test says, and writes down what is asked of it. */
public final class ScriptedTurn implements Turn {

    private final String name;
    private final List<String> log;

    public final Source interrupt;

    /** Pieces of work left. */
    public int work;

    /** How often arming will find a piece of work. */
    public int foundByArming;

    public int overAfter = Integer.MAX_VALUE;
    public long timer = NO_TIMER;
    public RuntimeException failure;
    public int watched;
    public Runnable watch = () -> {};

    /** Nothing is written down. */
    public boolean quiet;

    private int turns;

    public ScriptedTurn(String name, List<String> log, ScriptedSet set) {
        this.name = name;
        this.log = log;
        this.interrupt = new Source(set);
    }

    @Override
    public boolean turn() {
        turns++;
        boolean works = work > 0;
        write(works ? "works" : "turns");
        if (failure != null) {
            throw failure;
        }
        work -= works ? 1 : 0;
        return works;
    }

    @Override
    public boolean arm() {
        write("arms");
        if (foundByArming == 0) {
            return false;
        }
        foundByArming--;
        work++;
        return true;
    }

    @Override
    public void disarm() {
        write("disarms");
    }

    @Override
    public Interrupt interrupt() {
        return interrupt;
    }

    @Override
    public long longestSleep(long now) {
        return timer;
    }

    @Override
    public void watch(long now) {
        watched++;
        watch.run();
    }

    @Override
    public boolean isOver() {
        return turns >= overAfter;
    }

    private void write(String what) {
        if (!quiet) {
            log.add(name + " " + what);
        }
    }

    /** What it sleeps on. */
    public final class Source implements Interrupt {

        private final ScriptedSet set;
        public boolean canSleep = true;

        Source(ScriptedSet set) {
            this.set = set;
        }

        @Override
        public boolean await(long nanos) {
            throw new AssertionError("a loop sleeps on the set");
        }

        @Override
        public Optional<InterruptSet> newSet() {
            return canSleep ? Optional.of(set) : Optional.empty();
        }

        @Override
        public void acknowledge() {
            write("acknowledged");
        }
    }
}
