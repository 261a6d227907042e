package org.jvirtio.queue;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The arithmetic that decides whether the other side wants to hear of something (virtio 1.4
 * sections 2.7.10 and 2.8.10), without the fence before it. In this package to see it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class EventIndex {

    private static final int ENTRIES = 256;
    private static final int BATCH = 32;

    private int position;

    /** Indices modulo 65536. */
    @Benchmark
    public boolean split() {
        int before = position;
        position = before + BATCH & 0xffff;
        return SplitQueue.needsEvent(0x8000, position, before);
    }

    /** Slots and wrap counters. */
    @Benchmark
    public boolean packed() {
        position = position + BATCH & ENTRIES - 1;
        return PackedQueue.needsEvent(ENTRIES / 2, position, BATCH, ENTRIES);
    }
}
