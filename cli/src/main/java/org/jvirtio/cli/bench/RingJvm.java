package org.jvirtio.cli.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.EnvironmentException;

/** Ours: a {@link RingProgram} that waits between rounds, so that it stays warm. */
final class RingJvm implements AutoCloseable {

    /** One collector thread at most, and memory that is there before it is measured. */
    static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch");

    private static final long LIMIT_SECONDS = 60;

    private final double seconds;
    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;

    RingJvm(RingPlan plan, double warmUp) {
        seconds = plan.seconds();
        try {
            process =
                    new ProcessBuilder(command(plan, warmUp))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
        } catch (IOException e) {
            throw new EnvironmentException(
                    "starting a JVM for the ring: " + e.getMessage() + ". Check JAVA_HOME.", e);
        }
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    RingSample round() {
        orders.println();
        CompletableFuture<Void> limit =
                CompletableFuture.runAsync(
                        process::destroyForcibly,
                        CompletableFuture.delayedExecutor(
                                LIMIT_SECONDS + (long) seconds, TimeUnit.SECONDS));
        try {
            String line = answers.readLine();
            return RingSample.parse("jvirtio", line == null ? "" : line);
        } catch (IOException e) {
            throw new DeviceBrokenException(
                    "measuring the ring of jvirtio: " + e + ". Its complaint is above.");
        } finally {
            limit.cancel(false);
        }
    }

    /** Ends the program, which sees the end of its input. */
    @Override
    public void close() {
        orders.close();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(RingPlan plan, double warmUp) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        // What newer JDKs want to be told of native access and Unsafe, the launcher told us.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(RingProgram.class.getName());
        command.addAll(plan.arguments());
        command.addAll(List.of("--warm-up", String.format(Locale.ROOT, "%.1f", warmUp)));
        return command;
    }
}
