package org.jvirtio.cli.lab;

import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Traces of register accesses; alone it lists what can be done with them. */
@Command(
        name = "jvirtio trace",
        description = "Record the register accesses of a driver, and look at them afterwards.",
        mixinStandardHelpOptions = true)
public final class TraceCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    private final Console console;

    private TraceCommand(Console console) {
        this.console = console;
    }

    /** The command with what is below it, for the parser. */
    public static CommandLine line(Console console) {
        return new CommandLine(new TraceCommand(console))
                .addSubcommand(new RecordTrace(console))
                .addSubcommand(new PrintTrace(console))
                .addSubcommand(new FilterTrace(console))
                .addSubcommand(new RulesForTrace(console))
                .addSubcommand(new CompareTraces(console))
                .addSubcommand(new ReplayTrace(console))
                .addSubcommand(new ExportTrace(console));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(console.out());
        return ExitCode.DONE;
    }
}
