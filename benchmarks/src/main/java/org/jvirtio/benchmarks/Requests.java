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

/** One request round a ring of 256 entries: of one buffer, or of three, direct and indirect. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class Requests {

    private static final int REQUESTS = 32;
    private static final int CHAIN = 3;

    @Param({"split", "packed"})
    public String ring;

    @Param({"1", "32"})
    public int batch;

    @Param({"one buffer", "three direct", "three indirect"})
    public String request;

    private TurningRing turning;
    private boolean chains;

    /** Makes the ring that the parameters describe. */
    @Setup
    public void open() {
        chains = request.startsWith("three");
        int tableEntries = request.endsWith("indirect") ? CHAIN : 0;
        turning = new TurningRing(ring.equals("packed"), 256, tableEntries, batch);
    }

    /** Thirty-two requests, in batches. */
    @Benchmark
    @OperationsPerInvocation(REQUESTS)
    public long requests() {
        long sum = 0;
        for (int i = 0; i < REQUESTS; i += batch) {
            sum += chains ? turning.turnChains(batch) : turning.turnBuffers(batch);
        }
        return sum;
    }
}
