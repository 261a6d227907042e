package org.jvirtio.cli.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.bench.report.BenchReport;
import org.jvirtio.cli.bench.report.MachineInputs;
import org.jvirtio.cli.bench.report.ReportOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures single operations with JMH, in a process of its own whose class path is that of the
 * module {@code benchmarks}, and says whether their cost is flat and how much they allocate.
 */
@Command(
        name = "micro",
        description =
                "Measure single operations with JMH, time and allocation: rings, and a layout choice.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class MicroBench implements Callable<Integer> {

    /** Where the launcher had the module built. */
    private static final String DIRECTORY = "jvirtio.benchmarks";

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description =
                    "part of a benchmark's name: Requests, Queues, Entries, EventIndex,"
                            + " Choice")
    private String only = "";

    @Mixin private ReportOutput output;

    private final Console console;

    MicroBench(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        output.check();
        Instant begin = Instant.now();
        String directory = System.getProperty(DIRECTORY, "");
        if (!Files.isDirectory(Path.of(directory)) || directory.isEmpty()) {
            throw new EnvironmentException(
                    "starting JMH: '"
                            + directory
                            + "' in -D"
                            + DIRECTORY
                            + " is no directory of jars. Start it as ./jvirtio bench micro, which"
                            + " builds the module 'benchmarks'.");
        }
        List<MicroResult> results = new MicroJvm(console, Path.of(directory)).run(only);
        MicroCells cells = new MicroCells(results);
        Map<String, String> inputs = MachineInputs.ofThisMachine();
        inputs.put("measured by", MicroJvm.SETTINGS);
        inputs.put("only", only);
        output.finish(
                console, new BenchReport("micro", begin, inputs, cells.cells(), cells.notes()));
        return ExitCode.DONE;
    }
}
