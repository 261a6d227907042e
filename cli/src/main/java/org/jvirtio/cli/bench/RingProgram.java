package org.jvirtio.cli.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jvirtio.linux.Processors;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Ours in a JVM of its own, which has compiled nothing but this one configuration: for each line on
 * standard input it measures one round, and prints it as a line of JSON.
 */
public final class RingProgram implements Runnable {

    @Option(names = "--ring")
    private String ring = "split";

    @Option(names = "--threads")
    private int threads = 1;

    @Option(names = "--batch")
    private int batch = 32;

    @Option(names = "--entries")
    private int entries = 256;

    @Option(names = "--seconds")
    private double seconds = 0.5;

    @Option(names = "--cpus", split = ",")
    private List<Integer> processors = List.of(0, 1);

    @Option(names = "--warm-up", description = "seconds until C2 is done")
    private double warmUp = 1;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RingProgram()).execute(arguments));
    }

    @Override
    public void run() {
        RingPlan plan =
                new RingPlan(RingFormat.parse(ring), threads, batch, entries, seconds, processors);
        Processors.pinThisThreadTo(plan.processors().get(0));
        RingRun ring = new RingRun(plan);
        ring.round(warmUp);
        try {
            answer(ring, plan.seconds());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("reading what to do", e);
        }
    }

    private static void answer(RingRun ring, double seconds) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            RingSample sample = ring.round(seconds);
            out.printf(
                    Locale.ROOT,
                    "{\"buffers\": %d, \"seconds\": %.6f, \"busy\": %.3f, \"doorbells\": %d,"
                            + " \"interrupts\": %d, \"looks\": %.4f}%n",
                    sample.buffers(),
                    sample.seconds(),
                    sample.busy(),
                    sample.doorbells(),
                    sample.interrupts(),
                    sample.looks());
        }
    }
}
