package org.jvirtio.cli.net;

import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.Check;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestVfio;
import org.jvirtio.cli.LineStream;
import org.jvirtio.guest.GuestJob;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.QemuGuest;
import org.jvirtio.guest.QemuValue;

/**
 * The host's side of {@code jvirtio net}: what QEMU is told, what the guest says, and both
 * captures.
 */
final class NetTour {

    static final String MAC = "52:54:00:12:34:56";
    static final byte[] MAC_BYTES = {0x52, 0x54, 0, 0x12, 0x34, 0x56};

    private static final String FUNCTION = "0000:00:04.0";
    private static final int LIMIT_MILLIS = 30_000;

    private final Path directory;
    private final HostServers servers;
    private final int httpPort;
    private final String deviceOptions;
    private final List<Check> checks = new ArrayList<>();
    private final List<String> packed = new ArrayList<>();
    private byte[] pcap = {};

    /**
     * Prepares a tour.
     *
     * @param directory for QEMU's capture
     * @param deviceOptions of the network device, in QEMU's words, such as {@code
     *     disable-modern=on}
     */
    NetTour(Path directory, HostServers servers, String deviceOptions) {
        this.directory = directory;
        this.servers = servers;
        this.deviceOptions = deviceOptions;
        httpPort = freePort();
    }

    List<String> qemuArguments() {
        return List.of(
                "-netdev",
                "user,id=net0,ipv6=off,hostfwd=tcp:127.0.0.1:"
                        + httpPort
                        + "-:"
                        + KernelTour.HTTP_PORT,
                "-object",
                "filter-dump,id=dump0,netdev=net0,file=" + QemuValue.of(qemuCapture()),
                "-device",
                "virtio-net-pci,romfile=,netdev=net0,addr=4,mac=" + MAC + "," + deviceOptions);
    }

    GuestJob job(GuestMachine machine) {
        return new GuestJob(
                GuestNetTour.class.getName(),
                List.of(
                        GuestVfio.name(machine, FUNCTION).toString(),
                        String.valueOf(servers.echoPort()),
                        servers.fileInGuest(),
                        sha256(servers.file())));
    }

    /** Boots the guest, and holds the captures against each other. */
    GuestResult run(QemuGuest guest, Console console) {
        LineStream lines = new LineStream(line -> accept(line, console));
        PrintStream out = new PrintStream(lines, true, StandardCharsets.UTF_8);
        GuestResult boot = guest.run(job(guest.machine()), out, console.err());
        conclude(boot);
        return boot;
    }

    /** The guest has ended. Its capture is the last it tells: one without has not told all. */
    void conclude(GuestResult boot) {
        Optional<String> ending = boot.failure().or(boot::fault);
        ending.ifPresent(said -> checks.add(new Check("the guest ends", false, said)));
        if (!packed.isEmpty()) {
            compareCaptures();
        } else if (ending.isEmpty()) {
            checks.add(new Check("the guest tells all", false, silence(boot)));
        }
    }

    private String silence(GuestResult boot) {
        return String.format(
                "it ended with status %d after %d checks, without its capture. Its serial port lost"
                        + " the rest, or it stopped early: run it again on a machine less busy.",
                boot.exitCode(), checks.size());
    }

    private void compareCaptures() {
        pcap = TourLine.unpack(packed);
        write(ourCapture());
        checks.addAll(
                Capture.same(
                        Capture.read(ourCapture(), MAC_BYTES),
                        Capture.read(qemuCapture(), MAC_BYTES)));
    }

    List<Check> checks() {
        return List.copyOf(checks);
    }

    private Path qemuCapture() {
        return directory.resolve("qemu.pcap");
    }

    private Path ourCapture() {
        return directory.resolve("ours.pcap");
    }

    /** Writes our capture, if the guest came so far; else the file stays what it was. */
    void keep(Path file, Console console) {
        if (pcap.length > 0) {
            write(file);
            return;
        }
        console.progress(
                "keeping the capture in "
                        + file
                        + ": the guest told none, so nothing is written there. See the failed"
                        + " checks.");
    }

    private void write(Path file) {
        try {
            Files.write(file, pcap);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "writing the capture " + file + ": " + e + ". Name another file.", e);
        }
    }

    void accept(String line, Console console) {
        if (line.startsWith(TourLine.CHECK + TourLine.TAB)) {
            tell(TourLine.check(line), console);
        } else if (line.startsWith(TourLine.PCAP + TourLine.TAB)) {
            packed.add(line);
        } else if (line.equals(TourLine.READY)) {
            tell(fetch(), console);
        } else {
            console.progress("the guest says: " + line);
        }
    }

    private void tell(Check check, Console console) {
        checks.add(check);
        console.progress((check.ok() ? "" : "FAILED: ") + check.what() + ": " + check.seen());
    }

    /** As {@code curl} would. */
    private Check fetch() {
        String address = "http://127.0.0.1:" + httpPort + "/";
        String found;
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(address).toURL().openConnection();
            connection.setConnectTimeout(LIMIT_MILLIS);
            connection.setReadTimeout(LIMIT_MILLIS);
            byte[] page = connection.getInputStream().readAllBytes();
            connection.disconnect();
            found = new String(page, StandardCharsets.UTF_8);
        } catch (IOException e) {
            found = e.toString();
        }
        boolean ok = found.equals(KernelTour.PAGE);
        return new Check("the guest's page arrives at " + address, ok, found.strip());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new EnvironmentException("finding a free port: " + e + ". Close a program.", e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
