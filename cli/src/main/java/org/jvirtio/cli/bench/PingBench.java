package org.jvirtio.cli.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.UsageException;
import org.jvirtio.cli.bench.report.BenchReport;
import org.jvirtio.cli.bench.report.Better;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.cli.bench.report.Figure;
import org.jvirtio.cli.bench.report.Goal;
import org.jvirtio.cli.bench.report.MachineInputs;
import org.jvirtio.cli.bench.report.ReportOutput;
import org.jvirtio.cli.bench.report.Rounds;
import org.jvirtio.cli.bench.usernet.GuestPingBench;
import org.jvirtio.cli.bench.usernet.KernelPings;
import org.jvirtio.cli.bench.usernet.UserNetPeer;
import org.jvirtio.guest.DebianProgram;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures echo requests to the gateway of QEMU's user network in one boot of one guest: by our
 * stack and driver, and by ping over the kernel's virtio_net, in turn.
 */
@Command(
        name = "ping",
        description = "Measure echo requests of a guest: ours, and the kernel's with ping.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class PingBench implements Callable<Integer> {

    private static final List<String> MODULES = List.of("virtio_pci", "virtio_net");
    private static final PeerGuest.Size SIZE = new PeerGuest.Size(512, 32);
    private static final Figure TIME = new Figure("round trip", "us", Better.LOWER);
    private static final Goal NO_WORSE = Goal.ratioTo(UserNetPeer.KERNEL.label(), 1.0);

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "requests in each turn (default: 5000)")
    private int count = 5000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "in each of which both have a turn (default: 5)")
    private int rounds = 5;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "requests of ours, unmeasured, before the first round (default: 30000)")
    private int warmUp = 30_000;

    @Mixin private GuestOptions guestOptions;

    @Mixin private ReportOutput output;

    private final Console console;
    private String version = "not told";

    PingBench(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        output.check();
        if (count < 1 || rounds < 1 || warmUp < 1) {
            throw new UsageException(
                    String.format(
                            "--count %d --rounds %d --warm-up %d: 1 is the least of each.",
                            count, rounds, warmUp));
        }
        Instant begin = Instant.now();
        PeerGuest guest = guest();
        Map<Double, Rounds> found = new LinkedHashMap<>();
        for (double quantile : GuestPingBench.QUANTILES) {
            found.put(quantile, new Rounds("ping", TIME).at("percentile", quantile).goal(NO_WORSE));
        }
        GuestResult boot =
                guest.run(
                        GuestPingBench.class,
                        List.of("" + rounds, "" + count, "" + warmUp),
                        line -> accept(line, found));
        List<String> notes = new ArrayList<>();
        boot.failure().or(boot::fault).ifPresent(notes::add);
        Map<String, String> inputs = MachineInputs.ofThisMachine();
        inputs.put("ping", version);
        inputs.put("requests per turn", "" + count);
        inputs.put("requests of warm-up", "" + warmUp);
        guest.describe(inputs);
        List<Cell> cells =
                notes.isEmpty() ? found.values().stream().map(Rounds::cell).toList() : List.of();
        output.finish(console, new BenchReport("ping", begin, inputs, cells, notes));
        return boot.exitCode();
    }

    private PeerGuest guest() {
        console.progress("fetching ping (kept for the next time)");
        DebianProgram ping = new DebianProgram("ping", List.of("iputils-ping"));
        PeerPrograms programs = new PeerPrograms();
        programs.require(ping.file(GuestCache.ofUser(), KernelPings.PATH));
        List<String> devices = new ArrayList<>();
        for (UserNetPeer peer : UserNetPeer.values()) {
            devices.addAll(peer.qemuArguments());
        }
        Duration limit = Duration.ofMinutes(5).plusMillis(20L * (rounds * count + warmUp));
        return new PeerGuest(guestOptions, console, MODULES, programs, devices, SIZE, limit);
    }

    private void accept(String line, Map<Double, Rounds> found) {
        if (line.startsWith(GuestPingBench.PING_IS)) {
            version = line.substring(GuestPingBench.PING_IS.length());
            return;
        }
        if (!line.startsWith(GuestPingBench.FIGURE)) {
            console.progress("the guest says: " + line);
            return;
        }
        String[] fields = line.split("\t", 4);
        double micros = Double.parseDouble(fields[3]);
        console.progress(String.format("%s, p%s: %.0f us", fields[1], fields[2], micros));
        found.get(Double.valueOf(fields[2])).add(fields[1], micros);
    }
}
