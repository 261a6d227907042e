package org.jvirtio.cli.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.LineStream;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.cli.bench.block.BlockDisk;
import org.jvirtio.cli.bench.block.BlockPlan;
import org.jvirtio.cli.bench.block.CPeer;
import org.jvirtio.cli.bench.block.FioPeer;
import org.jvirtio.cli.bench.block.GuestBlockBench;
import org.jvirtio.cli.bench.block.Peer;
import org.jvirtio.guest.Accelerator;
import org.jvirtio.guest.CompiledProgram;
import org.jvirtio.guest.DebianProgram;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestImage;
import org.jvirtio.guest.GuestImages;
import org.jvirtio.guest.GuestJob;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.ImageFile;
import org.jvirtio.guest.QemuGuest;

/** The one guest of {@code bench block}: its programs, its disks, its only boot. */
final class BlockGuest {

    /** The kernel's own driver, one of the peers. */
    private static final List<String> MODULES = List.of("virtio_pci", "virtio_blk");

    private static final int MEGABYTES = 1024;
    private static final int PROCESSORS = 2;
    private static final int HUGE_PAGES = 64;
    private static final int DISK_BYTES = 64 << 20;
    private static final Duration SILENCE = Duration.ofMinutes(4);

    private final BlockPlan plan;
    private final Console console;
    private final PeerPrograms programs = new PeerPrograms();
    private final QemuGuest guest;

    /** Makes the disks in {@code directory}. */
    BlockGuest(BlockPlan plan, GuestOptions options, Path directory, Console console) {
        this.plan = plan;
        this.console = console;
        GuestCache cache = GuestCache.ofUser();
        collectPrograms(cache);
        console.progress("preparing the guest image (kept for the next time)");
        GuestImages images = new GuestImages(cache);
        GuestImage image =
                images.image(
                        options.kernel(images, MODULES),
                        GuestOptions.rehearsal(),
                        programs.files());
        List<String> arguments = new ArrayList<>();
        for (BlockDisk disk : plan.disks()) {
            arguments.addAll(disk.qemuArguments(diskFile(disk, directory)));
        }
        arguments.addAll(options.qemuArguments());
        GuestMachine machine =
                new GuestMachine(
                        Accelerator.detect(), MEGABYTES, PROCESSORS, HUGE_PAGES, arguments);
        guest = new QemuGuest(machine, image, limit(plan), SILENCE);
    }

    private void collectPrograms(GuestCache cache) {
        if (plan.has(Peer.C)) {
            console.progress("compiling the C driver");
            CompiledProgram program = new CompiledProgram("block_peer", CPeer.class, CPeer.SOURCES);
            programs.add(Peer.C.label(), () -> ImageFile.alone(program.compile(cache), CPeer.PATH));
        }
        if (plan.has(Peer.FIO) || plan.has(Peer.FIO_FIXED)) {
            console.progress("fetching fio (kept for the next time)");
            DebianProgram fio = new DebianProgram("fio", List.of("fio"));
            programs.add(fio.name(), () -> fio.file(cache, FioPeer.PATH));
        }
    }

    /** A file of the host's that was written, so that no request meets a hole in it. */
    private static Path diskFile(BlockDisk disk, Path directory) {
        Path file = directory.resolve(disk.name());
        if (disk.backend().equals("file")) {
            byte[] content = new byte[DISK_BYTES];
            Arrays.fill(content, (byte) 0x5a);
            try {
                Files.write(file, content);
            } catch (IOException e) {
                throw ScratchDirectory.unusable("making a disk for the guest", e);
            }
        }
        return file;
    }

    /** Ten minutes more than four times what the plan takes. */
    private static Duration limit(BlockPlan plan) {
        double planned = plan.measurements() * (plan.seconds() + 1) + plan.warmUpSeconds();
        return Duration.ofMinutes(10).plusSeconds((long) (4 * planned));
    }

    /** Boots it; what it measures goes to {@code findings} while it runs. */
    GuestResult run(BlockFindings findings) {
        console.progress(
                String.format(
                        "booting a guest for %d measurements (%s)",
                        plan.measurements(), guest.machine().accelerator().reason()));
        PrintStream out =
                new PrintStream(new LineStream(findings::accept), true, StandardCharsets.UTF_8);
        return guest.run(
                new GuestJob(GuestBlockBench.class.getName(), plan.arguments()),
                out,
                console.err());
    }

    /** What the programs that are missing are missing for. */
    List<String> notes() {
        return programs.notes();
    }

    /** Adds what the figures depend on. */
    void describe(Map<String, String> inputs) {
        inputs.put("accelerator", guest.machine().accelerator().reason());
        inputs.put("guest", MEGABYTES + " MB, " + PROCESSORS + " processors");
    }
}
