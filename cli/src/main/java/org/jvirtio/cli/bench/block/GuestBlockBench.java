package org.jvirtio.cli.bench.block;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jvirtio.VirtioException;
import org.jvirtio.cli.bench.block.Measurement.Figures;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.sysfs.DriverBinding;
import org.jvirtio.sysfs.SysfsBus;

/**
 * What {@code bench block} runs inside the guest: everybody in turn on each disk, round by round,
 * one line of {@link Measurement} each. The kernel's driver has every disk to begin with and gets
 * it back after each turn.
 */
public final class GuestBlockBench implements GuestProgram {

    /** Begins the line that tells fio's version. */
    public static final String FIO_IS = "fio is ";

    private static final String VFIO = "vfio-pci";

    private BlockPlan plan;
    private PrintStream out;

    /** What one peer does at one cell. */
    private interface Turn {
        Figures take() throws IOException, InterruptedException;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        this.plan = BlockPlan.of(arguments);
        this.out = out;
        tellVersion();
        warmUp(err);
        for (int round = 1; round <= plan.rounds(); round++) {
            for (BlockDisk disk : plan.disks()) {
                measureDrivers(round, disk);
                measureKernel(round, disk);
            }
        }
        return 0;
    }

    private void tellVersion() throws IOException, InterruptedException {
        if ((plan.has(Peer.FIO) || plan.has(Peer.FIO_FIXED)) && isHere(FioPeer.PATH)) {
            out.println(FIO_IS + FioPeer.version());
        }
    }

    /** Ours goes through every cell until the time is over: each compiles code of its own. */
    private void warmUp(PrintStream err) throws IOException {
        if (!plan.has(Peer.OURS) || plan.warmUpSeconds() == 0) {
            return;
        }
        long start = System.nanoTime();
        List<Double> speeds = new ArrayList<>();
        do {
            for (BlockDisk disk : plan.disks()) {
                speeds.addAll(warmUp(disk));
            }
        } while ((System.nanoTime() - start) / 1e9 < plan.warmUpSeconds());
        int half = plan.cells().size();
        err.printf(
                "warm-up: %d runs in %.1f s, at first %.0f requests a second, at last %.0f%n",
                speeds.size(),
                (System.nanoTime() - start) / 1e9,
                speeds.get(0),
                speeds.get(speeds.size() - half));
    }

    private List<Double> warmUp(BlockDisk disk) throws IOException {
        List<Double> speeds = new ArrayList<>();
        DriverBinding taken = take(disk);
        try {
            for (BlockCell cell : plan.cells(disk)) {
                speeds.add(JavaPeer.measure(cell, plan.seconds()).opsPerSecond());
            }
        } finally {
            taken.close();
        }
        return speeds;
    }

    private static DriverBinding take(BlockDisk disk) {
        return DriverBinding.take(
                new SysfsBus(), disk.address(), VFIO, DriverBinding.Permission.FROM_ITS_DRIVER);
    }

    private void measureDrivers(int round, BlockDisk disk) {
        DriverBinding taken = take(disk);
        try {
            for (BlockCell cell : plan.cells(disk)) {
                for (Peer peer : drivers(round)) {
                    measure(round, cell, peer);
                }
            }
        } finally {
            taken.close();
        }
    }

    /** Who goes first changes from round to round, so that being first is nobody's advantage. */
    private List<Peer> drivers(int round) {
        List<Peer> drivers = new ArrayList<>();
        for (Peer peer : List.of(Peer.OURS, Peer.C)) {
            if (plan.has(peer) && (peer == Peer.OURS || isHere(CPeer.PATH))) {
                drivers.add(peer);
            }
        }
        if (round % 2 == 0) {
            Collections.reverse(drivers);
        }
        return drivers;
    }

    private void measure(int round, BlockCell cell, Peer peer) {
        Turn turn =
                peer == Peer.OURS
                        ? () -> JavaPeer.measure(cell, plan.seconds())
                        : () -> CPeer.measure(cell, plan.seconds());
        try {
            Figures figures = turn.take();
            say(new Measurement(round, cell.name(peer), peer, figures, ""));
        } catch (VirtioException | IOException | InterruptedException e) {
            say(Measurement.failed(round, cell.name(peer), peer, e.getMessage()));
        }
    }

    private void measureKernel(int round, BlockDisk disk) {
        for (Peer peer : List.of(Peer.FIO, Peer.FIO_FIXED)) {
            if (plan.has(peer) && isHere(FioPeer.PATH)) {
                measureKernel(round, disk, peer);
            }
        }
    }

    private void measureKernel(int round, BlockDisk disk, Peer peer) {
        List<Load> loads = plan.selection().loads();
        try {
            Map<String, Figures> all =
                    FioPeer.measure(peer, KernelDisk.await(disk), loads, plan.seconds());
            for (Load load : loads) {
                String name = new BlockCell(disk, Waiting.MSIX, load).name(peer);
                Figures figures = all.get(load.name());
                say(
                        figures == null
                                ? Measurement.failed(
                                        round, name, peer, "fio gave no figures for it")
                                : new Measurement(round, name, peer, figures, ""));
            }
        } catch (VirtioException | IOException | InterruptedException e) {
            for (Load load : loads) {
                String name = new BlockCell(disk, Waiting.MSIX, load).name(peer);
                say(Measurement.failed(round, name, peer, e.getMessage()));
            }
        }
    }

    private void say(Measurement measurement) {
        out.println(measurement.line());
        out.flush();
    }

    private static boolean isHere(String path) {
        return Files.isExecutable(Path.of("/", path));
    }
}
