package org.jvirtio.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jvirtio.EnvironmentException;
import org.jvirtio.guest.Accelerator;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.QemuGuest;
import org.jvirtio.vfio.VfioPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The main job: boots a guest whose only process is a JVM, drives every device in it through every
 * layout it has, then the devices of the mail of 2011 on the models, and says of each what was
 * verified.
 */
@Command(
        name = "jvirtio run",
        description =
                "Boot a guest whose only process is a JVM and drive its virtio devices through every"
                        + " layout.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {

    private static final List<String> REACHES = List.of("vfio", "qtest", "vfio-user", "emulated");

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration SILENCE = Duration.ofMinutes(1);

    @Option(
            names = "--embedded",
            description = "use the device models in this process: no QEMU, no root")
    private boolean embedded;

    @Option(
            names = "--reach",
            paramLabel = "REACH",
            description =
                    "vfio: in a guest, the default; qtest: a QEMU without a guest, driven from this"
                            + " process; vfio-user: models behind sockets; emulated: as --embedded;"
                            + " vfio-user:SOCKET: the one function there, which is only read")
    private String reach = "vfio";

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description = "with vfio-user:SOCKET: what is behind the disk, to compare with")
    private Path image;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description =
                    "how VFIO in the guest leads to a function: cdev, group, or noiommu, which takes"
                            + " the IOMMU out of the guest (default: cdev if the kernel has it,"
                            + " else group)")
    private String path = "";

    @Option(names = "--print-cmd", description = "print the QEMU command instead of running it")
    private boolean printCommand;

    @Parameters(
            arity = "0..*",
            paramLabel = "-- ARG",
            description =
                    "over qtest: more arguments for QEMU, such as -- -machine pc -device"
                            + " virtio-rng-pci; its devices are listed besides")
    private List<String> qemuWords = new ArrayList<>();

    @Mixin private GuestOptions guestOptions;

    @Mixin private PageOutput page;

    private final Console console;

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Output output = page.output();
        if (!qemuWords.isEmpty() && !reach.equals("qtest")) {
            throw new UsageException(
                    qemuWords + " behind -- are for QEMU without a guest: add --reach qtest");
        }
        if (reach.startsWith("vfio-user:")) {
            return runAttached(output);
        }
        if (!REACHES.contains(reach)) {
            throw new UsageException(
                    "running over the reach '" + reach + "': name one of " + REACHES);
        }
        requirePath();
        try (ScratchDirectory scratch = ScratchDirectory.make()) {
            if (embedded || reach.equals("emulated")) {
                return runEmbedded(output, scratch.path());
            }
            if (reach.equals("vfio-user")) {
                return runServed(output, scratch.path());
            }
            if (reach.equals("qtest")) {
                return runQtest(output, scratch);
            }
            return missingQemu() ? runEmbedded(output, scratch.path()) : runGuest(output, scratch);
        }
    }

    private void requirePath() {
        try {
            if (!path.isEmpty()) {
                VfioPath.parse(path);
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException("--path: " + e.getMessage());
        }
    }

    private boolean missingQemu() {
        try {
            new Tool("qemu-system-x86_64", "qemu-system-x86").find();
            return false;
        } catch (EnvironmentException e) {
            console.progress(e.getMessage());
            console.progress("falling back to the models in this process, as --embedded would");
            return true;
        }
    }

    private int runEmbedded(Output output, Path scratch) {
        return runModels(output, scratch, EmbeddedTour.Place.HERE, "emulated");
    }

    private int runServed(Output output, Path scratch) {
        try (ServedModels models = new ServedModels(scratch)) {
            return runModels(output, scratch, models, "vfio-user");
        }
    }

    private int runAttached(Output output) {
        RunText text = new RunText(console.out(), console.paint());
        List<DeviceReport> rows =
                new AttachedTour(reach, Optional.ofNullable(image), page.isPage())
                        .run(row -> shown(output, text, row));
        return conclude(output, rows, Map.of("reach", reach));
    }

    private void shown(Output output, RunText text, DeviceReport row) {
        if (page.isPage()) {
            console.progress("driven: " + row.summary());
        } else if (output == Output.TEXT) {
            text.paragraph(row);
        }
    }

    private DeviceReport drive(DriveOrder order) {
        return page.isPage() ? Drive.recorded(order) : Drive.report(order);
    }

    private int runModels(Output output, Path scratch, EmbeddedTour.Place place, String name) {
        RunText text = new RunText(console.out(), console.paint());
        long begin = System.nanoTime();
        List<DeviceReport> rows =
                EmbeddedTour.all(scratch, place, this::drive, row -> shown(output, text, row));
        Map<String, String> about = new LinkedHashMap<>();
        about.put("reach", name);
        about.put("first row to last", (System.nanoTime() - begin) / 1_000_000 + " ms");
        return conclude(output, rows, about);
    }

    private int runGuest(Output output, ScratchDirectory scratch) {
        GuestTour tour = new GuestTour(RunPlan.by(path), scratch.path(), page.isPage());
        if (path.equals(VfioPath.NOIOMMU.label())) {
            guestOptions.takeIommuOut();
        }
        QemuGuest guest = guestOptions.guest(console, tour.qemuArguments(), LIMIT, SILENCE);
        if (printCommand) {
            return printed(scratch, guest.machine().command(guest.image(), tour.job()));
        }
        console.progress("booting the guest");
        GuestTour.Outcome outcome = tour.run(guest, console);
        List<DeviceReport> rows = withMail(outcome.rows(), scratch, output);
        return conclude(output, rows, about(guest.machine(), outcome.boot()));
    }

    private int runQtest(Output output, ScratchDirectory scratch) {
        List<String> more = new ArrayList<>(guestOptions.qemuArguments());
        more.addAll(qemuWords);
        QtestTour tour = new QtestTour(scratch.path(), more, this::drive);
        if (printCommand) {
            return printed(scratch, tour.command());
        }
        console.progress("starting QEMU without a guest");
        long begin = System.nanoTime();
        QtestTour.Outcome outcome = tour.run(row -> console.progress("driven: " + row.summary()));
        Map<String, String> about = new LinkedHashMap<>();
        about.put("reach", "qtest");
        about.put(
                "QEMU start to " + outcome.start().functions() + " functions ready",
                outcome.start().duration().toMillis() + " ms");
        outcome.start().others().forEach(about::put);
        about.put("QEMU start to end", (System.nanoTime() - begin) / 1_000_000 + " ms");
        return conclude(output, withMail(outcome.rows(), scratch, output), about);
    }

    /** The rows, and those of the devices of the mail, which no QEMU makes. */
    private List<DeviceReport> withMail(
            List<DeviceReport> driven, ScratchDirectory scratch, Output output) {
        List<DeviceReport> rows = new ArrayList<>(driven);
        rows.addAll(EmbeddedTour.mail(scratch.path(), this::drive));
        if (output == Output.TEXT && !page.isPage()) {
            RunText text = new RunText(console.out(), console.paint());
            rows.forEach(text::paragraph);
        }
        return rows;
    }

    private int printed(ScratchDirectory scratch, List<String> command) {
        scratch.keep();
        console.progress("the disk images stay in " + scratch.path() + "; remove them when done");
        console.out().println(ShellWords.join(command));
        return ExitCode.DONE;
    }

    private static Map<String, String> about(GuestMachine machine, GuestResult boot) {
        Map<String, String> about = new LinkedHashMap<>();
        Accelerator accelerator = machine.accelerator();
        about.put("accelerator", accelerator.reason());
        boot.marks()
                .forEach(
                        mark ->
                                about.put(
                                        "QEMU start to " + mark.name(),
                                        mark.sinceStart().toMillis() + " ms"));
        about.put("most memory the JVM held", boot.peakMemoryBytes() / (1 << 20) + " MiB");
        boot.fault().ifPresent(fault -> about.put("fault", fault));
        boot.failure().ifPresent(failure -> about.put("failure", failure));
        return about;
    }

    private int conclude(Output output, List<DeviceReport> rows, Map<String, String> about) {
        boolean verified =
                !rows.isEmpty()
                        && rows.stream().allMatch(DeviceReport::verified)
                        && !about.containsKey("failure")
                        && !about.containsKey("fault");
        if (page.isPage()) {
            page.print(RunPage.of(rows, about, verified), console);
        } else if (output == Output.JSON) {
            printJson(rows, about, verified);
        } else {
            new RunText(console.out(), console.paint()).table(rows);
            console.out().println();
            about.forEach((name, value) -> console.out().println(name + ": " + value));
            console.out().println(verified ? "all rows verified" : "NOT all rows verified");
        }
        return verified ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void printJson(List<DeviceReport> rows, Map<String, String> about, boolean verified) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("verified", verified);
        tree.put("about", about);
        tree.put("rows", rows.stream().map(DeviceReport::tree).toList());
        console.out().println(JsonText.of(tree));
    }
}
