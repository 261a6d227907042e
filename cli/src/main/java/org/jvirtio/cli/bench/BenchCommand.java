package org.jvirtio.cli.bench;

import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The benchmarks by name; alone it lists them. */
@Command(
        name = "jvirtio bench",
        description = "Measure ours side by side with what a user would pick instead.",
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    private final Console console;

    private BenchCommand(Console console) {
        this.console = console;
    }

    /** The command with all benchmarks below it, for the parser. */
    public static CommandLine line(Console console) {
        return new CommandLine(new BenchCommand(console))
                .addSubcommand(new StartBench(console))
                .addSubcommand(new RingBench(console))
                .addSubcommand(new BlockBench(console))
                .addSubcommand(new NetBench(console))
                .addSubcommand(new HttpBench(console))
                .addSubcommand(new PingBench(console))
                .addSubcommand(new DoorbellBench(console))
                .addSubcommand(new VfioUserBench(console))
                .addSubcommand(new QtestBench(console))
                .addSubcommand(new ReachBench(console))
                .addSubcommand(new MicroBench(console))
                .addSubcommand(new CompareBench(console));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(console.out());
        return ExitCode.DONE;
    }
}
