package org.jvirtio.cli.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.cli.UsageException;
import org.jvirtio.cli.bench.block.PolledReads;
import org.jvirtio.cli.bench.reach.ReachDisk;
import org.jvirtio.cli.bench.reach.ReachPlan;
import org.jvirtio.cli.bench.report.BenchReport;
import org.jvirtio.cli.bench.report.MachineInputs;
import org.jvirtio.cli.bench.report.ReportOutput;
import org.jvirtio.guest.Accelerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures what a reach costs: the same driver does the same reads on a disk at each, in turn where
 * they are in this process; those of a guest follow.
 */
@Command(
        name = "reach",
        description = "Measure the same reads of a disk at every reach, beside the first.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReachBench implements Callable<Integer> {

    @Option(
            names = "--reach",
            split = ",",
            paramLabel = "NAME",
            description =
                    "emulated, vfio-user, qtest or vfio, which boots a guest; the first is what the"
                            + " others are compared with (default: all)")
    private List<String> names =
            Arrays.stream(MeasuredReach.values()).map(MeasuredReach::label).toList();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "in each of which every reach has a turn (default: 5)")
    private int rounds = 5;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "of a turn at one depth (default: 1)")
    private double seconds = 1;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "of each reach, unmeasured, before the first round (default: 6)")
    private double warmUp = 6;

    @Option(names = "--size", paramLabel = "MIB", description = "of each disk (default: 64)")
    private int mebibytes = 64;

    @Mixin private GuestOptions guestOptions;

    @Mixin private ReportOutput output;

    private final Console console;
    private final List<String> notes = new ArrayList<>();
    private final Map<String, String> inputsOfDisks = new LinkedHashMap<>();

    ReachBench(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        output.check();
        List<MeasuredReach> reaches = names.stream().distinct().map(ReachBench::reach).toList();
        MeasuredReach.Order order = new MeasuredReach.Order(plan(), guestOptions, console);
        Instant begin = Instant.now();
        ReachFigures figures = new ReachFigures();
        try (ScratchDirectory scratch = ScratchDirectory.make()) {
            measure(reaches, order, scratch.path(), figures);
        }
        if (figures.cells().isEmpty()) {
            throw new EnvironmentException("measuring reaches: none could be had. " + notes);
        }
        Map<String, String> inputs = inputs(reaches);
        inputs.putAll(inputsOfDisks);
        output.finish(console, new BenchReport("reach", begin, inputs, figures.cells(), notes));
        return ExitCode.DONE;
    }

    private static MeasuredReach reach(String name) {
        return Arrays.stream(MeasuredReach.values())
                .filter(some -> some.label().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "choosing a reach to measure: there is no '"
                                                + name
                                                + "'. Use "
                                                + Arrays.stream(MeasuredReach.values())
                                                        .map(MeasuredReach::label)
                                                        .collect(Collectors.joining(", "))
                                                + "."));
    }

    private ReachPlan plan() {
        if (mebibytes < 1) {
            throw new UsageException("--size " + mebibytes + ": at least 1 MiB is needed");
        }
        try {
            return new ReachPlan(rounds, seconds, warmUp);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** Everything is open before the first round, so that no reach starts while another is read. */
    private void measure(
            List<MeasuredReach> reaches,
            MeasuredReach.Order order,
            Path scratch,
            ReachFigures figures) {
        Map<MeasuredReach, ReachDisk> disks = new EnumMap<>(MeasuredReach.class);
        try {
            for (MeasuredReach reach : reaches) {
                console.progress("opening a disk at the reach " + reach.label());
                open(reach, order, scratch).ifPresent(disk -> disks.put(reach, disk));
            }
            disks.values().forEach(disk -> inputsOfDisks.putAll(disk.inputs()));
            for (int round = 1; round <= rounds; round++) {
                console.progress("round " + round + " of " + rounds);
                for (MeasuredReach reach : reaches) {
                    if (disks.containsKey(reach)) {
                        figures.add(reach, disks.get(reach).round());
                    }
                }
            }
        } finally {
            disks.values().forEach(ReachDisk::close);
        }
    }

    /** Empty if this machine cannot have it, with a note. */
    private Optional<ReachDisk> open(MeasuredReach reach, MeasuredReach.Order order, Path scratch) {
        try {
            return Optional.of(reach.open(order, scratch, mebibytes));
        } catch (EnvironmentException missing) {
            notes.add(reach.label() + " is missing: " + missing.getMessage());
            console.progress(notes.get(notes.size() - 1));
            return Optional.empty();
        }
    }

    Map<String, String> inputs(List<MeasuredReach> reaches) {
        Map<String, String> inputs = MachineInputs.ofThisMachine();
        if (reaches.stream().anyMatch(MeasuredReach::isOfQemu)) {
            inputs.put("QEMU", PeerGuest.qemuVersion());
        }
        if (reaches.contains(MeasuredReach.VFIO)) {
            inputs.put("accelerator", Accelerator.detect().reason());
        }
        inputs.put("size of each disk", mebibytes + " MiB, in the page cache");
        inputs.put("bytes of a read", "" + PolledReads.READ_BYTES);
        inputs.put("rounds", "" + rounds);
        inputs.put("seconds of a turn", "" + seconds);
        inputs.put("seconds of warm-up", "" + warmUp);
        return inputs;
    }
}
