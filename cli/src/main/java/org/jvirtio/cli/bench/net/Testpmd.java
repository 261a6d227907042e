package org.jvirtio.cli.bench.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.bench.guest.ChildProcess;
import org.jvirtio.cli.bench.report.Spread;
import org.jvirtio.guest.DebianProgram;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.ImageFile;

/**
 * DPDK's {@code testpmd} through VFIO, one process to send and one to receive: each has a processor
 * of its own to forward on, and its main thread sleeps on the other's.
 */
public final class Testpmd {

    /** Where it lies in the image. */
    static final String PATH = "usr/bin/dpdk-testpmd";

    private static final String LIBRARIES = "usr/lib/x86_64-linux-gnu/";
    private static final String NET = "librte_net_virtio.so.";
    private static final String MEMPOOL = "librte_mempool_ring.so.";

    /** What dpdk-dev brings besides the program and its libraries. */
    private static final List<String> UNUSED = List.of("libdpdk-dev", "python3");

    private static final Pattern VERSION = Pattern.compile("RTE Version: '([^']+)'");

    private static final Duration END = Duration.ofSeconds(30);

    /** Until the receiver is ready; under an emulator it takes seconds to start. */
    private static final long START_MILLIS = 6000;

    /** Periods that are not counted: the start, and the time before the other side is there. */
    private static final int SKIPPED = 2;

    private Testpmd() {}

    /** What the sender sent and the receiver received, each in frames per second. */
    record Rates(double transmitted, double received) {}

    /**
     * The program and the drivers it loads, for an image.
     *
     * @throws EnvironmentException if they cannot be had, with the reason
     */
    public static List<ImageFile> files(GuestCache cache) {
        DebianProgram program = program(DebianProgram.dependencies("dpdk-dev"));
        String abi = abi(program.packages());
        return List.of(
                program.file(cache, PATH),
                program.file(cache, LIBRARIES + NET + abi),
                program.file(cache, LIBRARIES + MEMPOOL + abi));
    }

    /** {@code dpdk-dev} has the program; headers and scripts are left where they are. */
    static DebianProgram program(List<String> dependencies) {
        List<String> packages = new ArrayList<>(dependencies);
        packages.removeAll(UNUSED);
        packages.add("librte-net-virtio" + abi(packages));
        return new DebianProgram("testpmd", packages, List.of("dpdk-dev"));
    }

    /** The number behind every library of one DPDK: {@code librte-ethdev23}. */
    private static String abi(List<String> packages) {
        String prefix = "librte-ethdev";
        return packages.stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new EnvironmentException(
                                        "fetching testpmd: dpdk-dev depends on no "
                                                + prefix
                                                + ". Use the package of Debian or Ubuntu."));
    }

    /** {@code DPDK 22.11.11}. */
    static String version() throws IOException, InterruptedException {
        // Asked for its options (-h) as well, it ends before it looks for devices.
        try (ChildProcess asked = ChildProcess.start(List.of("/" + PATH, "-v", "-h"))) {
            asked.await(END);
            return version(asked.complaints());
        }
    }

    /** From a line {@code EAL: RTE Version: 'DPDK 22.11.11'}. */
    static String version(String said) {
        Matcher version = VERSION.matcher(said);
        if (!version.find()) {
            throw new EnvironmentException(
                    "asking testpmd for its version: it said '"
                            + said.strip()
                            + "'. Use the package of Debian or Ubuntu.");
        }
        return version.group(1);
    }

    static Rates measure(NetCell cell, int seconds) throws IOException, InterruptedException {
        List<String> drivers = drivers();
        try (ChildProcess receiver = ChildProcess.start(command(NetPort.RECEIVER, cell, drivers))) {
            Thread.sleep(START_MILLIS);
            try (ChildProcess sender = ChildProcess.start(command(NetPort.SENDER, cell, drivers))) {
                Thread.sleep(START_MILLIS + 1000L * seconds);
                String sent = sender.stop(END);
                String received = receiver.stop(END);
                return new Rates(rate("Tx-pps:", sent), rate("Rx-pps:", received));
            }
        }
    }

    /** The drivers of the image, which testpmd is to load from where they are. */
    private static List<String> drivers() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/", LIBRARIES))) {
            return files.map(Path::toString)
                    .filter(file -> file.contains("/" + NET) || file.contains("/" + MEMPOOL))
                    .sorted()
                    .toList();
        }
    }

    static List<String> command(NetPort port, NetCell cell, List<String> drivers) {
        boolean sends = port == NetPort.SENDER;
        List<String> command = new ArrayList<>(List.of("/" + PATH));
        command.addAll(List.of("--lcores", sends ? "0@1,1@0" : "0@0,1@1"));
        command.addAll(List.of("-n", "1", "-m", "96", "--in-memory", "--no-telemetry"));
        // The devices bypass the IOMMU, so they must be given guest-physical addresses.
        command.addAll(List.of("--iova-mode=pa", "--log-level=lib.eal:4"));
        drivers.forEach(driver -> command.addAll(List.of("-d", driver)));
        command.addAll(List.of("-a", port.address().toString(), "--"));
        command.add("--forward-mode=" + (sends ? "txonly" : "rxonly"));
        if (sends) {
            command.add("--txpkts=" + cell.bytes());
        }
        command.addAll(List.of("--burst=" + cell.batch(), "--total-num-mbufs=8192"));
        command.addAll(List.of("--no-lsc-interrupt", "--stats-period=1"));
        return command;
    }

    /**
     * The median of the rates that testpmd shows every second, without the first ones and those in
     * which nothing went through.
     */
    static double rate(String name, String output) {
        double[] rates =
                output.lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith(name))
                        .mapToDouble(line -> number(line.substring(name.length())))
                        .skip(SKIPPED)
                        .filter(rate -> rate > 0)
                        .toArray();
        if (rates.length == 0) {
            throw new EnvironmentException(
                    "reading what testpmd printed: nothing went through ("
                            + name
                            + "). It said: "
                            + output.strip());
        }
        return Spread.of(rates).median();
    }

    /** The first word: {@code 289123 Rx-bps: 0}. */
    private static double number(String text) {
        try {
            return Double.parseDouble(text.strip().split("\\s+", 2)[0]);
        } catch (NumberFormatException e) {
            throw new EnvironmentException(
                    "reading what testpmd printed: '" + text + "' begins with no rate", e);
        }
    }
}
