package org.jvirtio.cli.lab;

import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Injects faults into devices and compares what the stack does with what it has to do. */
@Command(
        name = "jvirtio faults",
        description =
                "Inject faults of devices and compare what the driver stack does with what it has to"
                        + " do.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class FaultsCommand implements Callable<Integer> {

    @Option(
            names = "--all",
            description =
                    "on the models every fault, and why the others cannot be injected (default: 56 of"
                            + " them)")
    private boolean all;

    @Option(names = "--table", description = "a line for each case besides, with what was seen")
    private boolean table;

    @Mixin private LabOptions options;

    @Mixin private ReachOptions reach;

    private final Console console;

    public FaultsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        options.check();
        boolean every = all || options.isSelective();
        Reached there = reach.reach(new FaultsCases(every), console, options);
        FaultLines lines = new FaultLines(there.runner());
        int exit = ShortWaits.during(() -> options.run(console, "faults", there.through(lines)));
        if (table) {
            lines.lines().forEach(console.out()::println);
        }
        return exit;
    }
}
