package org.jvirtio.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.cli.bench.block.BlockDisk;
import org.jvirtio.cli.bench.block.BlockPlan;
import org.jvirtio.cli.bench.block.CPeer;
import org.jvirtio.cli.bench.block.FioPeer;
import org.jvirtio.cli.bench.block.GuestBlockBench;
import org.jvirtio.cli.bench.block.Peer;
import org.jvirtio.guest.CompiledProgram;
import org.jvirtio.guest.DebianProgram;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.ImageFile;

/** The one guest of {@code bench block}: its programs, its disks, its only boot. */
final class BlockGuest {

    /** The kernel's own driver, one of the peers. */
    private static final List<String> MODULES = List.of("virtio_pci", "virtio_blk");

    private static final PeerGuest.Size SIZE = new PeerGuest.Size(1024, 64);
    private static final int DISK_BYTES = 64 << 20;

    private final BlockPlan plan;
    private final Console console;
    private final PeerPrograms programs = new PeerPrograms();
    private final PeerGuest guest;

    /** Makes the disks in {@code directory}. */
    BlockGuest(BlockPlan plan, GuestOptions options, Path directory, Console console) {
        this.plan = plan;
        this.console = console;
        collectPrograms(GuestCache.ofUser());
        List<String> devices = new ArrayList<>();
        for (BlockDisk disk : plan.disks()) {
            devices.addAll(disk.qemuArguments(diskFile(disk, directory)));
        }
        guest = new PeerGuest(options, console, MODULES, programs, devices, SIZE, limit(plan));
    }

    private void collectPrograms(GuestCache cache) {
        if (plan.has(Peer.C)) {
            console.progress("compiling the C driver");
            CompiledProgram program = new CompiledProgram("block_peer", CPeer.class, CPeer.SOURCES);
            programs.add(
                    Peer.C.label(),
                    () -> List.of(ImageFile.alone(program.compile(cache), CPeer.PATH)));
        }
        if (plan.has(Peer.FIO) || plan.has(Peer.FIO_FIXED)) {
            console.progress("fetching fio (kept for the next time)");
            DebianProgram fio = new DebianProgram("fio", List.of("fio"));
            programs.add(fio.name(), () -> List.of(fio.file(cache, FioPeer.PATH)));
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
        console.progress(plan.measurements() + " measurements are planned");
        return guest.run(GuestBlockBench.class, plan.arguments(), findings::accept);
    }

    /** What the programs that are missing are missing for. */
    List<String> notes() {
        return programs.notes();
    }

    /** Adds what the figures depend on. */
    void describe(Map<String, String> inputs) {
        guest.describe(inputs);
    }
}
