package org.jvirtio.cli.lab;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.Output;
import org.jvirtio.cli.UsageException;
import org.jvirtio.lab.trace.TraceFilter;
import org.jvirtio.trace.Access.Direction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows some accesses of a trace. */
@Command(
        name = "filter",
        description = "Print the accesses of a trace that fulfil all conditions.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class FilterTrace implements Callable<Integer> {

    private static final double NANOS_PER_MILLI = 1e6;

    @Parameters(paramLabel = "FILE", description = "a trace; - is standard input")
    private String file;

    @Option(
            names = "--structure",
            paramLabel = "TEXT",
            description = "part of a structure's name, such as common")
    private String structure = "";

    @Option(
            names = "--register",
            paramLabel = "TEXT",
            description = "part of a register's name, such as status")
    private String register = "";

    @Option(names = "--reads", description = "only reads")
    private boolean reads;

    @Option(names = "--writes", description = "only writes")
    private boolean writes;

    @Option(names = "--from", paramLabel = "MS", description = "milliseconds since the start")
    private double from;

    @Option(names = "--to", paramLabel = "MS", description = "milliseconds since the start")
    private double to = Double.MAX_VALUE;

    @Option(names = "-o", paramLabel = "FORM", description = "text or json")
    private String form = "text";

    private final Console console;

    FilterTrace(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        PrintTrace.print(console, TraceFiles.read(file), filter(), Output.parse(form));
        return ExitCode.DONE;
    }

    private TraceFilter filter() {
        if (reads && writes) {
            throw new UsageException(
                    "filtering by direction: --reads and --writes leave nothing together. Give one"
                            + " of them, or neither for both.");
        }
        Optional<Direction> direction =
                reads
                        ? Optional.of(Direction.READ)
                        : writes ? Optional.of(Direction.WRITE) : Optional.empty();
        // The cast cuts what is longer than a long to the longest there is.
        return new TraceFilter(
                structure,
                register,
                direction,
                (long) (from * NANOS_PER_MILLI),
                (long) (to * NANOS_PER_MILLI));
    }
}
