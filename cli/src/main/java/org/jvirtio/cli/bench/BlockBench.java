package org.jvirtio.cli.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.LineStream;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.cli.Tool;
import org.jvirtio.cli.UsageException;
import org.jvirtio.cli.bench.block.BlockDisk;
import org.jvirtio.cli.bench.block.BlockPlan;
import org.jvirtio.cli.bench.block.CPeer;
import org.jvirtio.cli.bench.block.FioPeer;
import org.jvirtio.cli.bench.block.GuestBlockBench;
import org.jvirtio.cli.bench.block.Peer;
import org.jvirtio.cli.bench.block.Selection;
import org.jvirtio.cli.bench.report.BenchReport;
import org.jvirtio.cli.bench.report.MachineInputs;
import org.jvirtio.cli.bench.report.ReportOutput;
import org.jvirtio.guest.Accelerator;
import org.jvirtio.guest.CompiledProgram;
import org.jvirtio.guest.DebianProgram;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestImage;
import org.jvirtio.guest.GuestImages;
import org.jvirtio.guest.GuestJob;
import org.jvirtio.guest.GuestKernel;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.ImageFile;
import org.jvirtio.guest.QemuGuest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures block requests in one boot of one guest: our driver and a C program of the project's own
 * through VFIO, and the kernel's driver with fio, in turn on the same disks.
 */
@Command(
        name = "block",
        description = "Measure a disk in a guest: ours, a C driver, the kernel's with fio.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BlockBench implements Callable<Integer> {

    private static final List<String> DRIVERS = List.of("virtio_pci", "virtio_blk");
    private static final int MEGABYTES = 1024;
    private static final int HUGE_PAGES = 64;
    private static final int IMAGE_BYTES = 64 << 20;
    private static final Duration SILENCE = Duration.ofMinutes(4);

    @Option(names = "--seconds", paramLabel = "S", description = "of one measurement (0.5)")
    private double seconds = 0.5;

    @Option(names = "--rounds", paramLabel = "N", description = "turns of everybody (3)")
    private int rounds = 3;

    @Option(names = "--warm-up", paramLabel = "S", description = "of ours, before the first (20)")
    private double warmUp = 20;

    @Option(
            names = "--only",
            paramLabel = "WORDS",
            description = "measure a part, such as null,1.x,poll,4k,d1,ours,c")
    private String only = "";

    @Mixin private GuestOptions guestOptions;

    @Mixin private ReportOutput output;

    private final Console console;

    BlockBench(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        output.check();
        BlockPlan plan = plan();
        Instant begin = Instant.now();
        try (ScratchDirectory scratch = ScratchDirectory.make()) {
            PeerPrograms programs = programs(plan);
            QemuGuest guest = guest(plan, programs.files(), scratch.path());
            BlockFindings findings = new BlockFindings(plan, console);
            GuestResult boot = run(guest, plan, findings);
            List<String> notes = new ArrayList<>(programs.notes());
            notes.addAll(findings.notes());
            boot.failure().or(boot::fault).ifPresent(notes::add);
            output.finish(
                    console,
                    new BenchReport(
                            "block",
                            begin,
                            inputs(guest, plan, findings),
                            findings.cells(),
                            notes));
            return boot.exitCode() == 0 ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private BlockPlan plan() {
        try {
            BlockPlan plan = new BlockPlan(Selection.parse(only), rounds, seconds, warmUp);
            if (plan.measurements() == 0) {
                throw new UsageException("selecting what to measure: '" + only + "' is nothing");
            }
            return plan;
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private PeerPrograms programs(BlockPlan plan) {
        GuestCache cache = GuestCache.ofUser();
        PeerPrograms programs = new PeerPrograms();
        if (plan.has(Peer.C)) {
            console.progress("compiling the C driver");
            programs.add(
                    Peer.C.label(), () -> ImageFile.alone(compiled().compile(cache), CPeer.PATH));
        }
        if (plan.has(Peer.FIO) || plan.has(Peer.FIO_FIXED)) {
            console.progress("fetching fio (kept for the next time)");
            programs.add(
                    "fio",
                    () -> new DebianProgram("fio", List.of("fio")).file(cache, FioPeer.PATH));
        }
        return programs;
    }

    private static CompiledProgram compiled() {
        return new CompiledProgram("block_peer", CPeer.class, CPeer.SOURCES);
    }

    private QemuGuest guest(BlockPlan plan, List<ImageFile> files, Path directory) {
        GuestImages images = new GuestImages(GuestCache.ofUser());
        console.progress("preparing the guest image (kept for the next time)");
        GuestKernel kernel = guestOptions.kernel(images, DRIVERS);
        GuestImage image = images.image(kernel, GuestOptions.rehearsal(), files);
        List<String> arguments = new ArrayList<>();
        for (BlockDisk disk : plan.disks()) {
            arguments.addAll(disk.qemuArguments(image(disk, directory)));
        }
        arguments.addAll(guestOptions.qemuArguments());
        GuestMachine machine =
                new GuestMachine(Accelerator.detect(), MEGABYTES, 2, HUGE_PAGES, arguments);
        return new QemuGuest(machine, image, limit(plan), SILENCE);
    }

    /** A file of the host's that was written, so that no request meets a hole in it. */
    private static Path image(BlockDisk disk, Path directory) {
        Path file = directory.resolve(disk.name());
        if (disk.backend().equals("file")) {
            byte[] content = new byte[IMAGE_BYTES];
            Arrays.fill(content, (byte) 0x5a);
            try {
                Files.write(file, content);
            } catch (IOException e) {
                throw ScratchDirectory.unusable("making a disk for the guest", e);
            }
        }
        return file;
    }

    /** Ten minutes more than the four-fold of what the plan takes. */
    private Duration limit(BlockPlan plan) {
        double planned = plan.measurements() * (seconds + 1) + warmUp;
        return Duration.ofMinutes(10).plusSeconds((long) (4 * planned));
    }

    private GuestResult run(QemuGuest guest, BlockPlan plan, BlockFindings findings) {
        console.progress(
                String.format(
                        "booting a guest for %d measurements (%s)",
                        plan.measurements(), guest.machine().accelerator().reason()));
        OutputStream lines = new LineStream(findings::accept);
        PrintStream out = new PrintStream(lines, true, StandardCharsets.UTF_8);
        return guest.run(
                new GuestJob(GuestBlockBench.class.getName(), plan.arguments()),
                out,
                console.err());
    }

    private Map<String, String> inputs(QemuGuest guest, BlockPlan plan, BlockFindings findings) {
        Map<String, String> inputs = MachineInputs.ofThisMachine();
        inputs.put("accelerator", guest.machine().accelerator().reason());
        inputs.put("QEMU", version("qemu-system-x86_64", "qemu-system-x86"));
        inputs.put("guest", MEGABYTES + " MB, 2 processors");
        inputs.put("fio", findings.fioVersion());
        inputs.put("cc", plan.has(Peer.C) ? version("cc", "gcc libc6-dev") : "not used");
        inputs.put("cc flags", String.join(" ", CompiledProgram.FLAGS));
        inputs.put("seconds per sample", "" + seconds);
        inputs.put("seconds of warm-up", "" + warmUp);
        return inputs;
    }

    private static String version(String program, String debianPackage) {
        return new Tool(program, debianPackage)
                .run("--version")
                .output()
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }
}
