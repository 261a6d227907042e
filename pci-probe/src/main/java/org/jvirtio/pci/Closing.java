package org.jvirtio.pci;

import java.util.ArrayList;
import java.util.List;

/**
 * How a reach gives its function up: once, and in an order in which nothing that the device may
 * still do can hurt. Every step is taken though one before it failed, since the other side may be
 * gone; what failed first is thrown in the end.
 *
 * <pre>
 *   bus mastering off, interrupts off, memory unmapped and freed, the function given back
 * </pre>
 *
 * <p>After a {@link #quarantine} the steps that would take memory away from the device are left
 * out. Not thread-safe.
 */
public final class Closing {

    private record Step(Runnable work, boolean takesMemory) {}

    private final List<Step> steps = new ArrayList<>();
    private boolean quarantined;
    private boolean closed;

    /** The next step, taken in any case. */
    public Closing step(Runnable work) {
        steps.add(new Step(work, false));
        return this;
    }

    /** The next step, which takes memory away from the device, or the way back to it. */
    public Closing unlessQuarantined(Runnable work) {
        steps.add(new Step(work, true));
        return this;
    }

    /** The device did not confirm its reset: it keeps its memory. */
    public void quarantine() {
        quarantined = true;
    }

    public boolean isClosed() {
        return closed;
    }

    /** Takes all steps; does nothing when called again. */
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        RuntimeException failure = null;
        for (Step step : steps) {
            if (!step.takesMemory() || !quarantined) {
                failure = taken(step, failure);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Returns what failed so far. */
    private static RuntimeException taken(Step step, RuntimeException before) {
        try {
            step.work().run();
            return before;
        } catch (RuntimeException now) {
            if (before == null) {
                return now;
            }
            before.addSuppressed(now);
            return before;
        }
    }
}
