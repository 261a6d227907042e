package org.jvirtio.cli.lab;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.cli.UsageException;
import org.jvirtio.guest.QemuGuest;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.faults.Faults;
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

    private static final String NAME = "faults";

    /** A fault that is a wait ends after ten seconds by itself. */
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static final Duration BOOT_LIMIT = Duration.ofMinutes(10);
    private static final Duration SILENCE = LIMIT.plusSeconds(60);

    @Option(
            names = "--all",
            description =
                    "every fault, and why the others cannot be injected (default: 56 of them)")
    private boolean all;

    @Option(
            names = "--reach",
            paramLabel = "REACH",
            description =
                    "emulated: models in this process (default); guest: QEMU's devices over VFIO,"
                            + " seen through overlays")
    private String reach = "emulated";

    @Option(
            names = "--table",
            description = "on the models: a line for each case besides, with what was seen")
    private boolean table;

    @Mixin private LabOptions options;

    @Mixin private GuestOptions guestOptions;

    private final Console console;

    public FaultsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        options.check();
        return switch (reach) {
            case "emulated" -> onModels();
            case "guest" -> inGuest();
            default ->
                    throw new UsageException(
                            "choosing a reach: there is no '"
                                    + reach
                                    + "'. Use emulated or guest.");
        };
    }

    private int onModels() {
        List<LabCase> cases = all || options.isSelective() ? Faults.all() : Faults.first();
        FaultLines lines = new FaultLines();
        List<LabCase> watched = table ? lines.watch(cases) : cases;
        int exit = ShortWaits.during(() -> options.run(console, NAME, watched, LIMIT));
        lines.lines().forEach(console.out()::println);
        return exit;
    }

    private int inGuest() {
        GuestFaults list = new GuestFaults();
        List<LabCase> cases = list.cases(List.of());
        if (options.isListing()) {
            return options.run(console, NAME, cases, LIMIT);
        }
        options.select(cases); // A word that fits no case is told before anything takes time.
        try (ScratchDirectory scratch = ScratchDirectory.make()) {
            List<String> devices = GuestFaults.qemuArguments(scratch.path());
            QemuGuest guest = guestOptions.guest(console, devices, BOOT_LIMIT, SILENCE);
            GuestCases runner =
                    new GuestCases(console, guest, list, List.of(), LIMIT, options.retries());
            return options.run(console, NAME, cases, runner, runner.about());
        }
    }
}
