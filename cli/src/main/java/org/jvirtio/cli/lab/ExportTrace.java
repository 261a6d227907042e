package org.jvirtio.cli.lab;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.UsageException;
import org.jvirtio.lab.trace.QtestScript;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns a trace into what another program can play. */
@Command(
        name = "export",
        description =
                "Write a trace as commands for the qtest socket of QEMU: each read says behind a #"
                        + " what was read when it was recorded, = if that must be read again.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ExportTrace implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "a trace; - is standard input")
    private String file;

    @Option(
            names = "--qtest",
            paramLabel = "FILE",
            required = true,
            description = "where to; - is standard output")
    private String script;

    @Option(
            names = "--slot",
            paramLabel = "N",
            description = "slot of the device on bus 0, as in -device ...,addr=4 (default: 4)")
    private int slot = 4;

    private final Console console;

    ExportTrace(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<String> lines = lines();
        PrintStream out = TraceFiles.create(script, console);
        try {
            lines.forEach(line -> out.print(line + "\n"));
        } finally {
            TraceFiles.close(out, script);
        }
        return ExitCode.DONE;
    }

    private List<String> lines() {
        try {
            return QtestScript.lines(TraceFiles.read(file), slot);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--slot: " + e.getMessage());
        }
    }
}
