package org.jvirtio.cli.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.cli.UsageException;
import org.jvirtio.cli.bench.block.BlockPlan;
import org.jvirtio.cli.bench.block.Peer;
import org.jvirtio.cli.bench.block.Selection;
import org.jvirtio.cli.bench.report.BenchReport;
import org.jvirtio.cli.bench.report.MachineInputs;
import org.jvirtio.cli.bench.report.ReportOutput;
import org.jvirtio.guest.CompiledProgram;
import org.jvirtio.guest.GuestResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures block requests in one boot of one guest: our driver and a C program of the project's own
 * through VFIO, and the kernel's driver with fio, in turn on the same disks.
 */
@Command(
        name = "block",
        description = "Measure a disk in a guest: ours, a C driver, the kernel's with fio.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BlockBench implements Callable<Integer> {

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "of one measurement (default: 0.5)")
    private double seconds = 0.5;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "in each of which everybody has a turn (default: 3)")
    private int rounds = 3;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "ours runs unmeasured before the first round (default: 20)")
    private double warmUp = 20;

    @Option(
            names = "--only",
            paramLabel = "WORDS",
            description = "measure only a part, such as null,1.x,poll,4k,d1,ours,c")
    private String only = "";

    @Mixin private GuestOptions guestOptions;

    @Mixin private ReportOutput output;

    private final Console console;

    BlockBench(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        output.check();
        BlockPlan plan = plan();
        Instant begin = Instant.now();
        try (ScratchDirectory scratch = ScratchDirectory.make()) {
            BlockGuest guest = new BlockGuest(plan, guestOptions, scratch.path(), console);
            BlockFindings findings = new BlockFindings(plan, console);
            GuestResult boot = guest.run(findings);
            List<String> notes = new ArrayList<>(guest.notes());
            notes.addAll(findings.notes());
            boot.failure().or(boot::fault).ifPresent(notes::add);
            Map<String, String> inputs = inputs(plan, findings);
            guest.describe(inputs);
            BenchReport report = new BenchReport("block", begin, inputs, findings.cells(), notes);
            output.finish(console, report);
            return plan.has(Peer.OURS)
                    ? OwnFigures.exitCode(console, report, boot)
                    : boot.exitCode();
        }
    }

    private BlockPlan plan() {
        try {
            BlockPlan plan = new BlockPlan(Selection.parse(only), rounds, seconds, warmUp);
            if (plan.measurements() > 0) {
                return plan;
            }
            throw new UsageException("selecting what to measure: '" + only + "' leaves nothing");
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private Map<String, String> inputs(BlockPlan plan, BlockFindings findings) {
        Map<String, String> inputs = MachineInputs.ofThisMachine();
        inputs.put("fio", findings.fioVersion());
        if (plan.has(Peer.C)) {
            addCompiler(inputs, CompiledProgram::compiler);
        }
        inputs.put("seconds per sample", "" + seconds);
        inputs.put("seconds of warm-up", "" + warmUp);
        return inputs;
    }

    /** The compiler of the C driver; without one that was not measured, and the others were. */
    static void addCompiler(Map<String, String> inputs, Supplier<String> compiler) {
        try {
            inputs.put("cc", compiler.get());
            inputs.put("cc flags", String.join(" ", CompiledProgram.FLAGS));
        } catch (EnvironmentException missing) {
            inputs.put("cc", "missing");
        }
    }
}
