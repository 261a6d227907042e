package org.jvirtio.cli.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.UsageException;
import org.jvirtio.cli.bench.report.BenchReport;
import org.jvirtio.cli.bench.report.Better;
import org.jvirtio.cli.bench.report.Figure;
import org.jvirtio.cli.bench.report.Goal;
import org.jvirtio.cli.bench.report.MachineInputs;
import org.jvirtio.cli.bench.report.ReportOutput;
import org.jvirtio.cli.bench.report.Rounds;
import org.jvirtio.cli.bench.usernet.GuestHttpBench;
import org.jvirtio.cli.bench.usernet.UserNetPeer;
import org.jvirtio.guest.GuestResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures a download from the host in one boot of one guest: over our driver with the kernel's TCP
 * behind a tap interface, and over the kernel's virtio_net, by the same client, in turn.
 */
@Command(
        name = "http",
        description = "Measure a download into a guest: over our driver, and the kernel's.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class HttpBench implements Callable<Integer> {

    private static final List<String> MODULES = List.of("tun", "virtio_pci", "virtio_net");
    private static final PeerGuest.Size SIZE = new PeerGuest.Size(512, 32);
    private static final Figure RATE = new Figure("MiB per second", "MiB/s", Better.HIGHER);
    private static final Goal GOAL = Goal.ratioTo(UserNetPeer.KERNEL.label(), 0.8);
    private static final int MIB = 1 << 20;

    @Option(names = "--mib", paramLabel = "N", description = "of the file (default: 256)")
    private int mib = 256;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "in each of which both have a turn (default: 3)")
    private int rounds = 3;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "downloads by ours, unmeasured, before the first round (default: 2)")
    private int warmUp = 2;

    @Mixin private GuestOptions guestOptions;

    @Mixin private ReportOutput output;

    private final Console console;

    HttpBench(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        output.check();
        if (mib < 1 || rounds < 1 || warmUp < 0) {
            throw new UsageException(
                    String.format(
                            "--mib %d --rounds %d --warm-up %d: 1, 1 and 0 are the least.",
                            mib, rounds, warmUp));
        }
        Instant begin = Instant.now();
        HttpServer server = serve();
        try {
            PeerGuest guest = guest();
            Rounds found = new Rounds("download", RATE).at("MiB", mib).goal(GOAL);
            List<String> arguments =
                    List.of(
                            "" + rounds,
                            "" + server.getAddress().getPort(),
                            "" + (long) mib * MIB,
                            "" + warmUp);
            GuestResult boot =
                    guest.run(GuestHttpBench.class, arguments, line -> accept(line, found));
            List<String> notes = new ArrayList<>();
            boot.failure().or(boot::fault).ifPresent(notes::add);
            Map<String, String> inputs = MachineInputs.ofThisMachine();
            inputs.put("downloads of warm-up", "" + warmUp);
            guest.describe(inputs);
            boolean whole = notes.isEmpty();
            output.finish(
                    console,
                    new BenchReport(
                            "http",
                            begin,
                            inputs,
                            whole ? List.of(found.cell()) : List.of(),
                            notes));
            return boot.exitCode();
        } finally {
            server.stop(0);
        }
    }

    private PeerGuest guest() {
        List<String> devices = new ArrayList<>();
        for (UserNetPeer peer : UserNetPeer.values()) {
            devices.addAll(peer.qemuArguments());
        }
        Duration limit = Duration.ofMinutes(5).plusSeconds(2L * (rounds + warmUp) * mib);
        return new PeerGuest(
                guestOptions, console, MODULES, new PeerPrograms(), devices, SIZE, limit);
    }

    private void accept(String line, Rounds found) {
        if (!line.startsWith(GuestHttpBench.FIGURE)) {
            console.progress("the guest says: " + line);
            return;
        }
        String[] fields = line.split("\t", 3);
        double rate = mib / Double.parseDouble(fields[2]);
        console.progress(String.format("%s: %.1f MiB/s", fields[1], rate));
        found.add(fields[1], rate);
    }

    /** On the loopback interface only. */
    private HttpServer serve() {
        byte[] block = new byte[MIB];
        try {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
            server.createContext(
                    "/file",
                    exchange -> {
                        exchange.getResponseHeaders().set("Connection", "close");
                        exchange.sendResponseHeaders(200, (long) mib * MIB);
                        for (int i = 0; i < mib; i++) {
                            exchange.getResponseBody().write(block);
                        }
                        exchange.close();
                    });
            server.start();
            return server;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "serving a file on the loopback interface: " + e + ". Let this user do so.", e);
        }
    }
}
