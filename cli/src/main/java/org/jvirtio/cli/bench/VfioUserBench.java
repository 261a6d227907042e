package org.jvirtio.cli.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.cli.UsageException;
import org.jvirtio.cli.bench.block.PolledReads;
import org.jvirtio.cli.bench.block.ServedDisk;
import org.jvirtio.cli.bench.jvm.ChildJvm;
import org.jvirtio.cli.bench.report.BenchReport;
import org.jvirtio.cli.bench.report.Better;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.cli.bench.report.Figure;
import org.jvirtio.cli.bench.report.Goal;
import org.jvirtio.cli.bench.report.MachineInputs;
import org.jvirtio.cli.bench.report.ReportOutput;
import org.jvirtio.cli.bench.soak.ServerMemory;
import org.jvirtio.cli.bench.soak.Soak;
import org.jvirtio.cli.bench.soak.SoakFindings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures random reads of a disk that {@code jvirtio serve} serves in a process of its own, by our
 * driver in this one: what vfio-user costs if both ends are ours. The file is in the page cache.
 */
@Command(
        name = "vfio-user",
        description = "Measure reads of a disk that another process serves over vfio-user.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class VfioUserBench implements Callable<Integer> {

    /** At depth 32 on two processors of one's own. */
    private static final double GOAL = 300_000;

    private static final int GOAL_DEPTH = 32;

    private static final int MOST_MINUTES = 24 * 60;

    @Option(
            names = "--layout",
            split = ",",
            paramLabel = "LAYOUT",
            description = "layouts (default: virtio1)")
    private List<String> layouts = List.of("virtio1");

    @Option(
            names = "--ring",
            split = ",",
            paramLabel = "FORMAT",
            description = "formats (default: split,packed)")
    private List<String> formats = List.of("split", "packed");

    @Option(
            names = "--depth",
            split = ",",
            paramLabel = "N",
            description = "requests in flight (default: 1,32)")
    private List<Integer> depths = List.of(1, GOAL_DEPTH);

    @Option(names = "--rounds", paramLabel = "N", description = "of each cell (default: 5)")
    private int rounds = 5;

    @Option(names = "--seconds", paramLabel = "S", description = "of one round (default: 1)")
    private double seconds = 1;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "seconds before the first round, for both compilers (default: 4)")
    private double warmUp = 4;

    @Option(names = "--size", paramLabel = "MIB", description = "of the disk (default: 64)")
    private int mebibytes = 64;

    @Option(
            names = "--profile",
            description = "also: where the time of both ends goes, by samples and by threads")
    private boolean profile;

    @Option(
            names = "--soak",
            paramLabel = "MINUTES",
            description = {
                "instead: clients come, read and go for so long, at the first layout, format and"
                        + " the greatest depth; does the server's memory stay flat?"
            })
    private int soakMinutes;

    @Mixin private ReportOutput output;

    private final Console console;

    VfioUserBench(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        output.check();
        requireSense();
        Instant begin = Instant.now();
        if (soakMinutes != 0) {
            return soak(begin);
        }
        List<Cell> cells = new ArrayList<>();
        try (ScratchDirectory scratch = ScratchDirectory.make()) {
            Path image = ServedDisk.makeImage(scratch.path(), mebibytes);
            for (String layout : layouts) {
                for (String format : formats) {
                    cells.addAll(measure(scratch.path(), image, layout, format));
                }
            }
        }
        List<String> notes =
                List.of(
                        "the client's own work is the time in which it does not wait for the server"
                                + " to use a buffer");
        output.finish(console, new BenchReport("vfio-user", begin, inputs(), cells, notes));
        return ExitCode.DONE;
    }

    private void requireSense() {
        if (soakMinutes < 0 || soakMinutes == 1 || soakMinutes > MOST_MINUTES) {
            throw new UsageException(
                    "--soak "
                            + soakMinutes
                            + ": growth shows in two minutes at least, and "
                            + MOST_MINUTES
                            + " are the most");
        }
        if (!(seconds > 0 && warmUp >= 0)) {
            throw new UsageException(
                    "--seconds "
                            + seconds
                            + " --warm-up "
                            + warmUp
                            + ": a round takes some time, and a warm-up none or more");
        }
        formats.forEach(RingFormat::parse);
        if (rounds < 1 || mebibytes < 1 || depths.stream().anyMatch(depth -> depth < 1)) {
            throw new UsageException(
                    "measuring "
                            + rounds
                            + " rounds at depths "
                            + depths
                            + " of a disk of "
                            + mebibytes
                            + " MiB: each has to be at least 1");
        }
    }

    /** A second of reads by each client: the pause behind it leaves the processor to others. */
    private int soak(Instant begin) {
        int depth = depths.stream().mapToInt(Integer::intValue).max().orElse(GOAL_DEPTH);
        String device = device(layouts.get(0), formats.get(0));
        SoakFindings findings;
        try (ScratchDirectory scratch = ScratchDirectory.make();
                ServedDisk disk =
                        ServedDisk.serve(
                                scratch.path(),
                                ServedDisk.makeImage(scratch.path(), mebibytes),
                                device)) {
            findings =
                    new Soak(
                                    () -> disk.visit(depth, seconds),
                                    () -> ServerMemory.of(disk.server().pid()),
                                    console::progress)
                            .run(soakMinutes);
        }
        Map<String, String> inputs = inputs();
        inputs.put("device", device);
        inputs.put("depth", "" + depth);
        inputs.put("minutes", "" + soakMinutes);
        output.finish(
                console,
                new BenchReport(
                        "vfio-user-soak", begin, inputs, findings.cells(), findings.notes()));
        return findings.isFlat() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static String device(String layout, String format) {
        return "layout="
                + layout
                + (RingFormat.parse(format) == RingFormat.PACKED ? ",ring=packed" : "");
    }

    private List<Cell> measure(Path directory, Path image, String layout, String format) {
        List<Cell> cells = new ArrayList<>();
        try (ServedDisk disk = ServedDisk.serve(directory, image, device(layout, format))) {
            for (int depth : depths) {
                console.progress(layout + ", " + format + " ring, depth " + depth);
                List<ServedDisk.Sample> samples = disk.measure(depth, rounds, seconds, warmUp);
                cells.addAll(cells(layout, format, depth, samples));
                if (profile) {
                    cells.addAll(
                            disk.profile(depth, rounds * seconds, warmUp)
                                    .cells(row(layout, format, depth)));
                }
            }
        }
        return cells;
    }

    private static List<Cell> cells(
            String layout, String format, int depth, List<ServedDisk.Sample> samples) {
        String table = "4k random read, polling";
        Map<String, String> row = row(layout, format, depth);
        List<Goal> goals = depth == GOAL_DEPTH ? List.of(Goal.ownFigure(GOAL)) : List.of();
        return List.of(
                new Cell(
                        table,
                        row,
                        new Figure("reads per second", "", Better.HIGHER),
                        ours(samples.stream().map(ServedDisk.Sample::perSecond).toList()),
                        goals),
                new Cell(
                        table,
                        row,
                        new Figure("client's own work for a read", "ns", Better.LOWER),
                        ours(samples.stream().map(ServedDisk.Sample::clientNanos).toList()),
                        List.of()),
                new Cell(
                        table,
                        row,
                        new Figure("server's processor time for a read", "ns", Better.LOWER),
                        ours(samples.stream().map(ServedDisk.Sample::serverNanos).toList()),
                        List.of()));
    }

    private static Map<String, String> row(String layout, String format, int depth) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("layout", layout);
        row.put("ring", format);
        row.put("depth", "" + depth);
        return row;
    }

    private static Map<String, List<Double>> ours(List<Double> samples) {
        return Map.of(Cell.OURS, samples);
    }

    private Map<String, String> inputs() {
        Map<String, String> inputs = MachineInputs.ofThisMachine();
        inputs.put("java flags of the server", String.join(" ", ChildJvm.FLAGS));
        inputs.put("size of the disk", mebibytes + " MiB");
        inputs.put("bytes of a read", "" + PolledReads.READ_BYTES);
        inputs.put("rounds", "" + rounds);
        inputs.put("seconds of a round", "" + seconds);
        inputs.put("seconds of warm-up", "" + warmUp);
        return inputs;
    }
}
