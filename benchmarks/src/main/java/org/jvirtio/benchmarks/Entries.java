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

/** A request's cost on rings of 16 to 32768 entries. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class Entries {

    private static final int BATCH = 16;

    @Param({"split", "packed"})
    public String ring;

    @Param({"16", "64", "256", "1024", "4096", "16384", "32768"})
    public int entries;

    private TurningRing turning;

    /** Makes the ring that the parameters describe. */
    @Setup
    public void open() {
        turning = new TurningRing(ring.equals("packed"), entries, 0, BATCH);
    }

    /** A batch; the next one takes the next part of the ring. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long requests() {
        return turning.turnBuffers(BATCH);
    }
}
