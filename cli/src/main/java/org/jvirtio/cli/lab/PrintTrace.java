package org.jvirtio.cli.lab;

import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.JsonText;
import org.jvirtio.cli.Output;
import org.jvirtio.lab.trace.TraceFilter;
import org.jvirtio.lab.trace.TraceJson;
import org.jvirtio.lab.trace.TraceText;
import org.jvirtio.trace.Trace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a trace with the names of registers and bits, and their clauses. */
@Command(
        name = "print",
        description = "Print a trace with the names of registers and bits, and their clauses.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class PrintTrace implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "a trace; - is standard input")
    private String file;

    @Option(names = "-o", paramLabel = "FORM", description = "text or json")
    private String form = "text";

    private final Console console;

    PrintTrace(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        print(console, TraceFiles.read(file), TraceFilter.ALL, Output.parse(form));
        return ExitCode.DONE;
    }

    static void print(Console console, Trace trace, TraceFilter filter, Output form) {
        if (form == Output.JSON) {
            console.out().println(JsonText.of(json -> TraceJson.write(trace, filter, json)));
            return;
        }
        console.out().println(trace.header().function());
        if (trace.lost() > 0) {
            console.out().println("the " + trace.lost() + " events before were not kept");
        }
        TraceText.lines(trace, filter).forEach(console.out()::println);
    }
}
