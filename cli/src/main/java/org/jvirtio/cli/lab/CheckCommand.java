package org.jvirtio.cli.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ShellWords;
import org.jvirtio.cli.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Checks both sides against the conformance catalogue: devices against the device rows, our driver
 * on them against the driver rows. Devices are functions by name, the embedded models, or QEMU's.
 */
@Command(
        name = "jvirtio check",
        description = {
            "Check what devices do, and what our driver does on them, against what virtio 1.4 asks"
                    + " of each.",
            "Without a FUNCTION: the embedded models in every layout. A FUNCTION is reset, driven"
                    + " and, if it is a disk, written to.",
            "Exit status 1 if a row is violated, a SHOULD as much as a MUST; --musts leaves out"
                    + " the rows that only advise."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class CheckCommand implements Callable<Integer> {

    /** Reaches whose devices can be ordered. */
    private static final List<String> QEMU = List.of("guest", "qtest");

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            description = "only virtio1, register-set or legacy; repeat (default: all it shows)")
    private List<String> layouts = new ArrayList<>();

    @Option(
            names = "--side",
            paramLabel = "SIDE",
            description = "only the rows of the device, or of the driver (default: both)")
    private String side = "";

    @Option(names = "--musts", description = "only rows with a MUST")
    private boolean musts;

    @Option(names = "--guest", description = "the same as --reach guest")
    private boolean guest;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description =
                    "with --reach guest or qtest: a device in QEMU's words; a disk, network or port is added"
                            + " unless named; repeat (default: block, network, entropy and console,"
                            + " each modern, transitional and legacy)")
    private List<String> devices = new ArrayList<>();

    @Mixin private LabOptions options;

    @Mixin private ReachOptions reach;

    private final Console console;

    public CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        options.check();
        if (guest) {
            reach.choose("guest", "--guest");
        }
        requireQemuForDevices();
        Reached there = reach.reach(cases(), console, options);
        LevelTally tally = new LevelTally(there.runner());
        int status = options.run(console, "check", there.through(tally));
        if (!options.isListing()) {
            console.progress(tally.summary());
        }
        return status;
    }

    private void requireQemuForDevices() {
        if (!devices.isEmpty() && !QEMU.contains(reach.label())) {
            throw new UsageException(
                    "--device asks QEMU for a device, which takes --reach " + QEMU);
        }
    }

    private CheckCases cases() {
        return new CheckCases(
                new CheckSubjects(layouts),
                CheckSide.named(side),
                musts,
                CheckedDevice.of(devices.isEmpty() ? CheckedDevice.ALL : devices),
                command());
    }

    /** What people type to check the same devices again. */
    String command() {
        List<String> words = new ArrayList<>(List.of("./jvirtio", "check"));
        words.addAll(List.of("--reach", reach.label()));
        for (String device : devices) {
            words.addAll(List.of("--device", device));
        }
        words.addAll(reach.machine().words());
        return ShellWords.join(words);
    }
}
