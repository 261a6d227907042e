package org.jvirtio.cli.bench;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.GuestFirstByte;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.GuestVfio;
import org.jvirtio.cli.UsageException;
import org.jvirtio.cli.bench.report.BenchReport;
import org.jvirtio.cli.bench.report.MachineInputs;
import org.jvirtio.cli.bench.report.ReportOutput;
import org.jvirtio.guest.ApplicationImage;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestImages;
import org.jvirtio.guest.GuestJob;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.QemuGuest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures how soon a guest reaches Java and the first byte of DMA, beside the floor: the same
 * kernel and a JVM with nothing of ours, booted in turn with ours. An application's image is
 * measured to the first it prints, as it arrives here: what its bytes come from is its own affair.
 */
@Command(
        name = "start",
        description = "Measure how soon a guest reaches Java and its first DMA, beside the floor.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class StartBench implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String FIRST_BYTE = "first byte of DMA";
    private static final String FIRST_OUTPUT = "first output";

    @Option(names = "--pairs", paramLabel = "N", description = "pairs of boots (default: 5)")
    private int pairs = 5;

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description = "measure this image of an application, to the first it prints")
    private Path image;

    @Mixin private GuestOptions guestOptions = new GuestOptions();

    @Mixin private ReportOutput output;

    private final Console console;

    StartBench(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        output.check();
        if (pairs < 1) {
            throw new UsageException("--pairs " + pairs + ": at least one is needed");
        }
        Instant begin = Instant.now();
        List<String> devices =
                List.of("-device", "virtio-rng-pci,addr=2,disable-legacy=on,iommu_platform=on");
        QemuGuest ours =
                image == null
                        ? guestOptions.guest(console, devices, LIMIT, LIMIT)
                        : new QemuGuest(
                                guestOptions.machine(devices), application().image(), LIMIT, LIMIT);
        GuestImages images = new GuestImages(GuestCache.ofUser());
        QemuGuest floor =
                new QemuGuest(
                        ours.machine(), images.floor(guestOptions.kernel(images)), LIMIT, LIMIT);
        StartFigures figures =
                new StartFigures(
                        ours.image().size() / 1e6, image == null ? FIRST_BYTE : FIRST_OUTPUT);
        for (int i = 1; i <= pairs; i++) {
            console.progress("pair " + i + " of " + pairs);
            figures.add(pair(floor, ours));
        }
        output.finish(
                console, new BenchReport("start", begin, inputs(ours), figures.cells(), List.of()));
        return ExitCode.DONE;
    }

    Map<String, String> inputs(QemuGuest ours) {
        Map<String, String> inputs = MachineInputs.ofThisMachine();
        GuestInputs.add(inputs, ours, guestOptions);
        inputs.put("pairs of boots", "" + pairs);
        inputs.put("program", image == null ? "ours" : application().main());
        return inputs;
    }

    private ApplicationImage application() {
        return ApplicationImage.open(image, GuestCache.ofUser());
    }

    private StartFigures.Pair pair(QemuGuest floor, QemuGuest ours) {
        double floorMain = seconds(boot(floor, GuestJob.floor(), new Printed()), "main");
        Printed printed = new Printed();
        GuestResult boot = boot(ours, job(ours.machine()), printed);
        double first =
                image == null
                        ? seconds(boot, "program") + Long.parseLong(printed.text()) / 1e9
                        : printed.secondsToFirst();
        return new StartFigures.Pair(
                floorMain,
                seconds(boot, "main"),
                first,
                boot.peakMemoryBytes() / (double) (1 << 20));
    }

    GuestJob job(GuestMachine machine) {
        return image == null
                ? new GuestJob(
                        GuestFirstByte.class.getName(),
                        List.of(GuestVfio.name(machine, "0000:00:02.0").toString()))
                : application().job(List.of());
    }

    private static GuestResult boot(QemuGuest guest, GuestJob job, Printed printed) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        GuestResult result = guest.run(job, out, out);
        if (result.exitCode() != 0 || result.failure().isPresent()) {
            throw new DeviceBrokenException(
                    "measuring a boot: "
                            + result.failure()
                                    .or(result::fault)
                                    .orElse("the guest's program failed")
                            + ". Run 'jvirtio run' to see what works.");
        }
        return result;
    }

    /** What a guest printed, and when the first of it came. */
    private static final class Printed extends OutputStream {

        private final long begin = System.nanoTime();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long first;

        @Override
        public synchronized void write(int b) {
            if (bytes.size() == 0) {
                first = System.nanoTime();
            }
            bytes.write(b);
        }

        synchronized double secondsToFirst() {
            if (bytes.size() == 0) {
                throw new DeviceBrokenException(
                        "measuring a boot: the application printed nothing. Let it print when it"
                                + " has its first byte.");
            }
            return (first - begin) / 1e9;
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8).strip();
        }
    }

    private static double seconds(GuestResult boot, String mark) {
        return boot.mark(mark).orElseThrow().toNanos() / 1e9;
    }
}
