package org.jvirtio.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jvirtio.DeviceBrokenException;
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
        name = "jvirtio bench",
        description = "Measure how soon a guest reaches Java and its first DMA, beside the floor.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BenchCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Option(names = "--pairs", paramLabel = "N", description = "pairs of boots (default: 5)")
    private int pairs = 5;

    @Mixin private GuestOptions guestOptions;

    @Option(names = "-o", paramLabel = "FORM", description = "text or json")
    private String form = "text";

    private final Console console;

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Output output = Output.parse(form);
        if (pairs < 1) {
            throw new UsageException("--pairs " + pairs + ": at least one is needed");
        }
        List<String> devices =
                List.of("-device", "virtio-rng-pci,addr=2,disable-legacy=on,iommu_platform=on");
        QemuGuest ours = guestOptions.guest(console, devices, LIMIT, LIMIT);
        GuestImages images = new GuestImages(GuestCache.ofUser());
        QemuGuest floor =
                new QemuGuest(
                        ours.machine(), images.floor(guestOptions.kernel(images)), LIMIT, LIMIT);
        List<StartFigures.Pair> measured = new ArrayList<>();
        for (int i = 1; i <= pairs; i++) {
            console.progress("pair " + i + " of " + pairs);
            measured.add(pair(floor, ours));
        }
        print(output, new StartFigures(measured, ours.image().size() / 1e6), ours);
        return ExitCode.DONE;
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

    private void print(Output output, StartFigures figures, QemuGuest guest) {
        String accelerator = guest.machine().accelerator().reason();
        if (output == Output.JSON) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("accelerator", accelerator);
            tree.put("processors", Runtime.getRuntime().availableProcessors());
            tree.put("java", Runtime.version().toString());
            tree.put("pairs", pairs);
            tree.put("figures", figures.figures().stream().map(BenchCommand::tree).toList());
            console.out().println(JsonText.of(tree));
            return;
        }
        console.out().println("accelerator: " + accelerator);
        console.out().println(pairs + " pairs of boots, median (least to most)");
        for (StartFigures.Figure figure : figures.figures()) {
            console.out().println(line(figure));
        }
    }

    private String line(StartFigures.Figure figure) {
        String line = String.format("  %-36s %s %s", figure.name(), figure.spread(), figure.unit());
        if (Double.isInfinite(figure.goal())) {
            return line.stripTrailing();
        }
        String verdict = "goal " + figure.goal() + (figure.met() ? ", met" : ", NOT met");
        return line + " (" + (figure.met() ? verdict : console.paint().red(verdict)) + ")";
    }

    private static Map<String, Object> tree(StartFigures.Figure figure) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", figure.name());
        tree.put("unit", figure.unit());
        tree.putAll(figure.spread().tree());
        if (!Double.isInfinite(figure.goal())) {
            tree.put("goal", figure.goal());
            tree.put("met", figure.met());
        }
        return tree;
    }
}
