package org.jvirtio.cli.bench.net;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jvirtio.VirtioException;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.sysfs.DriverBinding;
import org.jvirtio.sysfs.SysfsBus;

/**
 * What {@code bench net} runs inside the guest: everybody in turn on the same two functions, round
 * by round, one line of {@link NetMeasurement} each.
 */
public final class GuestNetBench implements GuestProgram {

    /** Begins the line that tells the version of DPDK. */
    public static final String TESTPMD_IS = "testpmd is of ";

    /** Where DPDK keeps what it knows of a process; it does not start without. */
    private static final Path RUN = Path.of("/var/run");

    private NetPlan plan;
    private PrintStream out;

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        this.plan = NetPlan.of(arguments);
        this.out = out;
        Files.createDirectories(RUN);
        // The root of an initial file system is anybody's to write, and DPDK loads no driver then.
        Files.setPosixFilePermissions(Path.of("/"), PosixFilePermissions.fromString("rwxr-xr-x"));
        for (NetPort port : NetPort.values()) {
            // Process 1 ends with the guest, so nothing is given back.
            DriverBinding.take(
                    new SysfsBus(),
                    port.address(),
                    "vfio-pci",
                    DriverBinding.Permission.FROM_ITS_DRIVER);
        }
        tellVersion(err);
        warmUp(err);
        for (int round = 1; round <= plan.rounds(); round++) {
            for (NetCell cell : plan.cells()) {
                for (NetPeer peer : peers(round)) {
                    measure(round, cell, peer);
                }
            }
        }
        return 0;
    }

    /** Whatever is wrong with testpmd costs ours nothing. */
    private void tellVersion(PrintStream err) throws InterruptedException {
        if (!hasTestpmd()) {
            return;
        }
        try {
            out.println(TESTPMD_IS + Testpmd.version());
        } catch (VirtioException | IOException e) {
            err.println(e.getMessage());
        }
    }

    private static boolean hasTestpmd() {
        return Files.isExecutable(Path.of("/", Testpmd.PATH));
    }

    private void warmUp(PrintStream err) throws InterruptedException {
        long start = System.nanoTime();
        List<Double> rates = new ArrayList<>();
        while ((System.nanoTime() - start) / 1e9 < plan.warmUpSeconds()) {
            NetCell cell = plan.cells().get(rates.size() % plan.cells().size());
            rates.add(JavaNetPeer.measure(cell, 1).transmitted());
        }
        if (!rates.isEmpty()) {
            err.printf(
                    "ours warmed up for %.1f s: %.0f frames a second in the first of %d runs, %.0f"
                            + " in the last%n",
                    (System.nanoTime() - start) / 1e9,
                    rates.get(0),
                    rates.size(),
                    rates.get(rates.size() - 1));
        }
    }

    /** Who goes first changes from round to round, so that being first is nobody's advantage. */
    private static List<NetPeer> peers(int round) {
        List<NetPeer> peers = new ArrayList<>(List.of(NetPeer.OURS));
        if (hasTestpmd()) {
            peers.add(NetPeer.TESTPMD);
        }
        if (round % 2 == 0) {
            Collections.reverse(peers);
        }
        return peers;
    }

    private void measure(int round, NetCell cell, NetPeer peer) {
        try {
            Testpmd.Rates rates =
                    peer == NetPeer.OURS
                            ? JavaNetPeer.measure(cell, plan.seconds())
                            : Testpmd.measure(cell, plan.seconds());
            say(new NetMeasurement(round, cell, peer, rates.transmitted(), rates.received(), ""));
        } catch (VirtioException | IOException | InterruptedException e) {
            say(NetMeasurement.failed(round, cell, peer, e.getMessage()));
        }
    }

    private void say(NetMeasurement measurement) {
        out.println(measurement.line());
        out.flush();
    }
}
