package org.jvirtio.cli.lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.cli.ShellWords;
import org.jvirtio.cli.UsageException;
import org.jvirtio.guest.QemuGuest;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Subject;
import org.jvirtio.lab.check.CheckCase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Checks both sides against the conformance catalogue: devices against the device rows, our driver
 * on them against the driver rows. Devices are functions of this machine, the embedded models, or
 * QEMU's in a guest.
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

    private static final Duration CASE_LIMIT = Duration.ofSeconds(30);
    private static final Duration GUEST_LIMIT = Duration.ofMinutes(20);
    private static final Duration SILENCE = Duration.ofMinutes(1);

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

    @Option(names = "--guest", description = "check QEMU's devices in a guest")
    private boolean guest;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description =
                    "with --guest: a device in QEMU's words; a disk, network or port is added"
                            + " unless named; repeat (default: block, network, entropy and console,"
                            + " each modern, transitional and legacy)")
    private List<String> devices = new ArrayList<>();

    @Mixin private LabOptions options;

    @Mixin private GuestOptions guestOptions;

    private final Console console;

    public CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<String> functions = options.takeFunctions();
        options.check();
        if (guest) {
            if (!functions.isEmpty()) {
                throw new UsageException(
                        "checking in a guest: "
                                + functions
                                + " are functions of this machine. Name devices with --device.");
            }
            return inGuest();
        }
        if (!devices.isEmpty()) {
            throw new UsageException("--device asks QEMU for a device, which takes --guest");
        }
        return here(functions);
    }

    private int here(List<String> functions) {
        List<LabCase> cases = functions.isEmpty() ? ofModels() : of(functions);
        // Functions of a machine are taken by whoever opens them: one case at a time.
        boolean alone = functions.stream().anyMatch(name -> !name.startsWith("emulated:"));
        LevelTally tally = new LevelTally(options.runner(CASE_LIMIT, alone));
        return finish(tally, options.run(console, "check", meant(cases), tally, Map.of()));
    }

    private List<LabCase> ofModels() {
        CheckSubjects subjects = new CheckSubjects(layouts);
        return CheckSide.named(side).stream()
                .flatMap(some -> some.cases(subjects.ofModels(some)).stream())
                .toList();
    }

    private List<LabCase> of(List<String> functions) {
        List<Subject> subjects = new CheckSubjects(layouts).of(functions);
        return CheckSide.named(side).stream()
                .flatMap(some -> some.cases(subjects).stream())
                .toList();
    }

    private List<LabCase> meant(List<? extends LabCase> cases) {
        return cases.stream()
                .<LabCase>map(some -> some)
                .filter(some -> !musts || CheckCase.isStrict(some))
                .toList();
    }

    private int finish(LevelTally tally, int status) {
        if (!options.isListing()) {
            console.progress(tally.summary());
        }
        return status;
    }

    private int inGuest() {
        List<CheckedDevice> checked =
                CheckedDevice.of(devices.isEmpty() ? CheckedDevice.ALL : devices);
        CheckSubjects subjects = new CheckSubjects(layouts);
        List<String> arguments =
                checked.stream()
                        .filter(device -> !subjects.meant(device.layouts()).isEmpty())
                        .map(
                                device ->
                                        CheckCaseList.argument(
                                                device, subjects.meant(device.layouts())))
                        .toList();
        CheckCaseList list = new CheckCaseList(command());
        List<LabCase> cases = meant(list.cases(CheckSide.named(side), arguments));
        if (options.isListing()) {
            return options.run(console, "check", cases, (some, each) -> List.of(), Map.of());
        }
        try (ScratchDirectory scratch = ScratchDirectory.make()) {
            QemuGuest machine = guest(checked, scratch.path());
            GuestCases runner =
                    new GuestCases(
                            console, machine, list, arguments, CASE_LIMIT, options.retries());
            LevelTally tally = new LevelTally(runner);
            return finish(tally, options.run(console, "check", cases, tally, runner.about()));
        }
    }

    private QemuGuest guest(List<CheckedDevice> checked, Path directory) {
        List<String> arguments = new ArrayList<>();
        for (CheckedDevice device : checked) {
            arguments.addAll(device.qemuArguments(directory));
            if (device.diskBytes() > 0) {
                makeDisk(directory.resolve(device.label() + ".img"), device.diskBytes());
            }
        }
        return guestOptions.guest(console, arguments, GUEST_LIMIT, SILENCE);
    }

    /** A file of zeros without blocks. */
    private static void makeDisk(Path image, long bytes) {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(bytes);
        } catch (IOException e) {
            throw ScratchDirectory.unusable("making " + image, e);
        }
    }

    private String command() {
        List<String> words = new ArrayList<>(List.of("./jvirtio", "check", "--guest"));
        for (String device : devices) {
            words.addAll(List.of("--device", device));
        }
        for (String argument : guestOptions.qemuArguments()) {
            words.add("--qemu=" + argument);
        }
        return ShellWords.join(words);
    }
}
