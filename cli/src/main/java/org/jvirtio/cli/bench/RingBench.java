package org.jvirtio.cli.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.UsageException;
import org.jvirtio.cli.bench.jvm.ChildJvm;
import org.jvirtio.cli.bench.report.BenchReport;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.cli.bench.report.MachineInputs;
import org.jvirtio.cli.bench.report.ReportOutput;
import org.jvirtio.guest.CompiledProgram;
import org.jvirtio.linux.Processors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures the rings alone: driver and device over one shared memory, on one thread in turn and on
 * two that are pinned, beside a C program that does the same work, round by round.
 */
@Command(
        name = "ring",
        description = "Measure split and packed rings, both sides, beside the same in C.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RingBench implements Callable<Integer> {

    @Option(
            names = "--ring",
            split = ",",
            paramLabel = "FORMAT",
            description = "formats (default: split,packed)")
    private List<String> formats = List.of("split", "packed");

    @Option(
            names = "--threads",
            split = ",",
            paramLabel = "N",
            description = "threads (default: 1,2)")
    private List<Integer> threads = List.of(1, 2);

    @Option(
            names = "--batch",
            split = ",",
            paramLabel = "N",
            description = "requests published at once, 1 to 256 (default: 1,8,32,256)")
    private List<Integer> batches = List.of(1, 8, 32, 256);

    @Option(names = "--entries", paramLabel = "N", description = "of the ring (default: 256)")
    private int entries = 256;

    @Option(names = "--rounds", paramLabel = "N", description = "ours and C in turn (default: 7)")
    private int rounds = 7;

    @Option(names = "--seconds", paramLabel = "S", description = "of one round (default: 0.4)")
    private double seconds = 0.4;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "seconds before the first round, for the JVM's compiler (default: 1.5)")
    private double warmUp = 1.5;

    @Option(
            names = "--cpus",
            split = ",",
            paramLabel = "N",
            description = "processors of driver and device (default: the first two allowed)")
    private List<Integer> processors;

    @Mixin private ReportOutput output;

    private final Console console;
    private final List<String> notes = new ArrayList<>();
    private int disturbed;

    RingBench(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        output.check();
        if (rounds < 1) {
            throw new UsageException("--rounds " + rounds + ": at least one is needed");
        }
        Instant begin = Instant.now();
        List<RingPlan> plans = plans();
        Optional<RingInC> peer = peer();
        Map<String, String> inputs = inputs(peer.isPresent());
        List<Cell> cells = new ArrayList<>();
        int count = 0;
        for (RingPlan plan : plans) {
            RingRounds measuring = new RingRounds(plan, rounds, peer);
            console.progress(++count + " of " + plans.size() + ": " + measuring.label());
            cells.addAll(measuring.measure(warmUp));
            disturbed += measuring.disturbed();
        }
        noteDisturbance(rounds * plans.size());
        noteLooks();
        output.finish(console, new BenchReport("ring", begin, inputs, cells, notes));
        return ExitCode.DONE;
    }

    private void noteLooks() {
        if (threads.contains(2)) {
            notes.add(
                    "where the device looks more than once for each batch, it waits right behind the"
                            + " driver: each takes away the cache line that the other has just"
                            + " written, and the buffers per second tell of that more than of"
                            + " either's work");
        }
    }

    private void noteDisturbance(int all) {
        if (disturbed != 0) {
            notes.add(
                    String.format(
                            "in %d of %d rounds other processes took a processor away, also when"
                                    + " they were repeated: measure on a quiet machine, or as root"
                                    + " under chrt --rr 1, which stops everything else meanwhile",
                            disturbed, all));
        }
    }

    private List<RingPlan> plans() {
        List<Integer> places = places();
        List<RingPlan> plans = new ArrayList<>();
        for (int count : threads) {
            if (count == 2 && places.get(0).equals(places.get(1))) {
                notes.add("two threads were not measured: there is one processor only");
                continue;
            }
            for (String format : formats) {
                for (int batch : batches) {
                    plans.add(
                            new RingPlan(
                                    RingFormat.parse(format),
                                    count,
                                    batch,
                                    entries,
                                    seconds,
                                    places));
                }
            }
        }
        return plans;
    }

    private List<Integer> places() {
        if (processors != null) {
            return processors;
        }
        List<Integer> allowed = Processors.allowed();
        return List.of(allowed.get(0), allowed.get(Math.min(1, allowed.size() - 1)));
    }

    private Optional<RingInC> peer() {
        try {
            return Optional.of(RingInC.compile());
        } catch (EnvironmentException e) {
            notes.add("C is missing, ours runs alone: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Map<String, String> inputs(boolean withPeer) {
        Map<String, String> inputs = MachineInputs.ofThisMachine();
        inputs.put("java flags", String.join(" ", ChildJvm.FLAGS));
        inputs.put("C", withPeer ? CompiledProgram.compiler() : "missing");
        inputs.put("C flags", String.join(" ", CompiledProgram.FLAGS));
        inputs.put("processors used", places().get(0) + ", " + places().get(1));
        inputs.put("entries", "" + entries);
        inputs.put("bytes of a buffer", "" + DriverSide.BUFFER_BYTES);
        inputs.put("features", "EVENT_IDX");
        inputs.put("rounds", "" + rounds);
        inputs.put("seconds of a round", "" + seconds);
        inputs.put("seconds of warm-up", "" + warmUp);
        return inputs;
    }
}
