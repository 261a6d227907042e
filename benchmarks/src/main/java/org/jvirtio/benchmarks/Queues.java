package org.jvirtio.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A request's cost on one of many queues, each of 256 entries, which take turns. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class Queues {

    private static final int BATCH = 32;

    @Param({"split", "packed"})
    public String ring;

    @Param({"1", "2", "4", "8", "16", "32", "64"})
    public int queues;

    private TurningRing[] turning;
    private int next;

    /** Makes the rings that the parameters describe. */
    @Setup
    public void open() {
        turning = new TurningRing[queues];
        for (int i = 0; i < queues; i++) {
            turning[i] = new TurningRing(ring.equals("packed"), 256, 0, BATCH);
        }
    }

    /** A batch on the next queue. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long requests() {
        next = next + 1 == turning.length ? 0 : next + 1;
        return turning[next].turnBuffers(BATCH);
    }
}
