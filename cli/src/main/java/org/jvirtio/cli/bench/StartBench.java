package org.jvirtio.cli.bench;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
import org.jvirtio.cli.UsageException;
import org.jvirtio.cli.bench.report.BenchReport;
import org.jvirtio.cli.bench.report.MachineInputs;
import org.jvirtio.cli.bench.report.ReportOutput;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestImages;
import org.jvirtio.guest.GuestJob;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.QemuGuest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures how soon a guest reaches Java and the first byte of DMA, beside the floor: the same
 * kernel and a JVM with nothing of ours, booted in turn with ours.
 */
@Command(
        name = "start",
        description = "Measure how soon a guest reaches Java and its first DMA, beside the floor.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class StartBench implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Option(names = "--pairs", paramLabel = "N", description = "pairs of boots (default: 5)")
    private int pairs = 5;

    @Mixin private GuestOptions guestOptions;

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
        QemuGuest ours = guestOptions.guest(console, devices, LIMIT, LIMIT);
        GuestImages images = new GuestImages(GuestCache.ofUser());
        QemuGuest floor =
                new QemuGuest(
                        ours.machine(), images.floor(guestOptions.kernel(images)), LIMIT, LIMIT);
        StartFigures figures = new StartFigures(ours.image().size() / 1e6);
        for (int i = 1; i <= pairs; i++) {
            console.progress("pair " + i + " of " + pairs);
            figures.add(pair(floor, ours));
        }
        output.finish(
                console, new BenchReport("start", begin, inputs(ours), figures.cells(), List.of()));
        return ExitCode.DONE;
    }

    private Map<String, String> inputs(QemuGuest guest) {
        Map<String, String> inputs = MachineInputs.ofThisMachine();
        inputs.put("accelerator", guest.machine().accelerator().reason());
        inputs.put("pairs of boots", "" + pairs);
        return inputs;
    }

    private static StartFigures.Pair pair(QemuGuest floor, QemuGuest ours) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        double floorMain = seconds(boot(floor, GuestJob.floor(), out), "main");
        printed.reset();
        GuestResult boot =
                boot(
                        ours,
                        new GuestJob(GuestFirstByte.class.getName(), List.of("vfio:0000:00:02.0")),
                        out);
        double toFirstByte = Long.parseLong(printed.toString(StandardCharsets.UTF_8).strip()) / 1e9;
        return new StartFigures.Pair(
                floorMain,
                seconds(boot, "main"),
                seconds(boot, "program") + toFirstByte,
                boot.peakMemoryBytes() / (double) (1 << 20));
    }

    private static GuestResult boot(QemuGuest guest, GuestJob job, PrintStream out) {
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

    private static double seconds(GuestResult boot, String mark) {
        return boot.mark(mark).orElseThrow().toNanos() / 1e9;
    }
}
