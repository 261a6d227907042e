package org.jvirtio.cli.lab;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.faults.Faults;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Injects faults into the models and compares what the stack does with what it has to do. */
@Command(
        name = "jvirtio faults",
        description =
                "Inject faults of devices and compare what the driver stack does with what it has to"
                        + " do.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class FaultsCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Option(
            names = "--all",
            description =
                    "every fault, and why the others cannot be injected (default: 56 of them)")
    private boolean all;

    @Mixin private LabOptions options;

    private final Console console;

    public FaultsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        options.check();
        shortenTheWaits();
        List<LabCase> cases = all || options.isSelective() ? Faults.all() : Faults.first();
        return options.run(console, "faults", cases, LIMIT);
    }

    /** Some faults are waits that never end; models answer at once, so short limits are enough. */
    private static void shortenTheWaits() {
        setUnlessSet("jvirtio.requestMillis", "1000");
        setUnlessSet("jvirtio.resetMillis", "200");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
