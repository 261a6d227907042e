package org.jvirtio.cli.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.cli.bench.jvm.ChildJvm;

/** Ours: a {@link RingProgram} that waits between rounds, so that it stays warm. */
final class RingJvm implements AutoCloseable {

    private static final long LIMIT_SECONDS = 60;

    private final double seconds;
    private final ChildJvm jvm;

    RingJvm(RingPlan plan, double warmUp) {
        seconds = plan.seconds();
        List<String> arguments = new ArrayList<>(plan.arguments());
        arguments.addAll(List.of("--warm-up", String.format(Locale.ROOT, "%.1f", warmUp)));
        jvm = ChildJvm.start("a JVM for the ring", RingProgram.class.getName(), arguments);
    }

    RingSample round() {
        jvm.orders().println();
        CompletableFuture<Void> limit =
                CompletableFuture.runAsync(
                        jvm::kill,
                        CompletableFuture.delayedExecutor(
                                LIMIT_SECONDS + (long) seconds, TimeUnit.SECONDS));
        try {
            String line = jvm.answers().readLine();
            return RingSample.parse("jvirtio", line == null ? "" : line);
        } catch (IOException e) {
            throw new DeviceBrokenException(
                    "measuring the ring of jvirtio: " + e + ". Its complaint is above.");
        } finally {
            limit.cancel(false);
        }
    }

    @Override
    public void close() {
        jvm.close();
    }
}
