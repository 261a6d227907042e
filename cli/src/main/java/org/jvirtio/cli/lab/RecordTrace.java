package org.jvirtio.cli.lab;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jvirtio.VirtioException;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.ExplainCommand;
import org.jvirtio.cli.Functions;
import org.jvirtio.lab.trace.DriverRun;
import org.jvirtio.lab.trace.RecordingFunction;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.trace.LatestEvents;
import org.jvirtio.trace.TraceHeader;
import org.jvirtio.trace.TraceWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Drives a function for a moment and writes down what was accessed. */
@Command(
        name = "record",
        description =
                "Start a device, let it do a little work (64 random bytes, one sector read, one"
                        + " frame), close it, and write every register access to a file.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RecordTrace implements Callable<Integer> {

    @Parameters(paramLabel = "FUNCTION", description = Functions.FORMS)
    private String function;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description = "as for explain (default: auto)")
    private String policy = "auto";

    @Option(names = "--start-only", description = "start the device and close it, no work")
    private boolean startOnly;

    @Option(
            names = "--latest",
            paramLabel = "N",
            description = "keep only the latest N events, in memory until the end")
    private int latest;

    @Option(
            names = "-o",
            paramLabel = "FILE",
            required = true,
            description = "where to; - is standard output, which a guest sends to its host")
    private String file;

    private final Console console;

    RecordTrace(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Policy chosen = ExplainCommand.parsePolicy(policy);
        PciFunction opened = Functions.openToDrive(function);
        PrintStream out = create(opened);
        try {
            return record(opened, chosen, out);
        } finally {
            TraceFiles.close(out, file);
        }
    }

    private PrintStream create(PciFunction opened) {
        try {
            return TraceFiles.create(file, console);
        } catch (RuntimeException failure) {
            try (opened) {
                throw failure;
            }
        }
    }

    /** A run that fails is worth its trace most of all. */
    private int record(PciFunction opened, Policy chosen, PrintStream out) {
        TraceHeader header = RecordingFunction.header(opened);
        LatestEvents memory = latest > 0 ? new LatestEvents(latest) : null;
        RecordingFunction recording =
                new RecordingFunction(
                        opened, memory != null ? memory : new TraceWriter(out, header));
        try {
            DriverRun.run(recording, chosen, !startOnly);
            return ExitCode.DONE;
        } catch (VirtioException failure) {
            console.progress(failure.getMessage());
            return ExitCode.FAILED;
        } finally {
            if (memory != null) {
                TraceWriter.write(memory.trace(header), out);
            }
        }
    }
}
