package org.jvirtio.trace;

import org.jvirtio.Registers;
import org.jvirtio.trace.Access.Direction;

/**
 * One recording: the clock, the order of events, and the log they go to.
 *
 * <p>Registers of several threads may be recorded at once: an access and its line in the log are
 * one step, so the order of the log is the order of the accesses.
 */
public final class TraceRecorder {

    private final TraceLog log;
    private final long start = System.nanoTime();

    public TraceRecorder(TraceLog log) {
        this.log = log;
    }

    /**
     * Wraps registers.
     *
     * @param region the name of what they are a part of
     * @param base where in the region they start, in bytes
     */
    public Registers record(String region, long base, Registers registers) {
        return new RecordingRegisters(this, region, base, registers);
    }

    /** Notes what happened beside the registers; see {@link Mark#text}. */
    public synchronized void mark(String text) {
        log.add(new Mark(now(), text));
    }

    long now() {
        return System.nanoTime() - start;
    }

    /** Called with this object locked, by whoever makes the access. */
    void add(long nanos, Direction direction, String region, long offset, int width, int value) {
        log.add(new Access(nanos, direction, region, offset, width, value));
    }
}
