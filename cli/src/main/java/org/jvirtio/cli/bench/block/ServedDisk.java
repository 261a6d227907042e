package org.jvirtio.cli.bench.block;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jvirtio.DeviceType;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Transport;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;
import org.jvirtio.vfiouser.VfioUserFunction;

/** A disk that {@code jvirtio serve} serves in a process of its own, and our driver on it. */
public final class ServedDisk implements AutoCloseable {

    public static final int READ_BYTES = 4096;

    /** One collector thread at most, and memory that is there before it is measured. */
    public static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch");

    private static final String COMMAND = "org.jvirtio.cli.Main";
    private static final int MEBIBYTE = 1 << 20;
    private static final long LIMIT_SECONDS = 30;

    private final Path socket;
    private final Process server;

    /**
     * What one round gave.
     *
     * @param clientNanos for one read, in which the client does not wait
     * @param serverNanos of the server's processor, for one read
     */
    public record Sample(double perSecond, double clientNanos, double serverNanos) {}

    private ServedDisk(Path socket, Process server) {
        this.socket = socket;
        this.server = server;
    }

    /** A file of random bytes, in the page cache. */
    public static Path makeImage(Path directory, int mebibytes) {
        Path image = directory.resolve("served.raw");
        byte[] piece = new byte[MEBIBYTE];
        Random random = new Random(20111008);
        try (OutputStream out = Files.newOutputStream(image)) {
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(piece);
                out.write(piece);
            }
            return image;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "making a disk image in " + directory + ": " + e + ". Free some space.", e);
        }
    }

    /** Starts the server, and waits until it listens. */
    public static ServedDisk serve(Path directory, Path image, String options) {
        Path socket = directory.resolve("served.socket");
        String device = "block," + options + ",image=" + image.toString().replace(",", ",,");
        try {
            Process server =
                    new ProcessBuilder(command(device, socket))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            BufferedReader told = server.inputReader();
            String first = told.readLine();
            if (first == null || !first.contains(" serves ")) {
                server.destroyForcibly();
                throw new EnvironmentException(
                        "starting a server to measure: it said '"
                                + first
                                + "'. Its complaint is above.");
            }
            return new ServedDisk(socket, server);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "starting a server to measure: " + e + ". Check JAVA_HOME.", e);
        }
    }

    /** Connects, warms both up, and reads for some rounds. */
    public List<Sample> measure(int depth, int rounds, double seconds, double warmUp) {
        PciFunction function = VfioUserFunction.open(socket);
        LayoutChoice choice = LayoutChoice.of(function, Policy.parse("auto"));
        Transport transport = Transports.open(function, DeviceType.BLOCK, choice.require());
        try (function;
                BlockDriver driver =
                        BlockDriver.start(
                                transport,
                                BlockDriver.needs().withInterrupts(Waiting.POLL.interrupts()))) {
            Load reads = new Load(false, true, READ_BYTES, depth);
            BlockLoad load = new BlockLoad(driver, reads, Waiting.POLL);
            load.run((long) (warmUp * 1e9));
            List<Sample> samples = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                samples.add(round(load, seconds));
            }
            return samples;
        }
    }

    private Sample round(BlockLoad load, double seconds) {
        load.clear();
        long serverBefore = serverNanos();
        double nanos = load.run((long) (seconds * 1e9));
        double reads = load.done();
        if (load.errors() != 0) {
            throw new IllegalStateException(load.errors() + " reads failed");
        }
        return new Sample(
                reads / (nanos / 1e9),
                (nanos - load.waitedNanos()) / reads,
                (serverNanos() - serverBefore) / reads);
    }

    private long serverNanos() {
        return server.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    /** The name of the function that it serves. */
    public String function() {
        return "vfio-user:" + socket;
    }

    /** Ends the server as people do. */
    @Override
    public void close() {
        server.destroy();
        try {
            if (!server.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(String device, Path socket) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        // What newer JDKs want to be told of native access and Unsafe, the launcher told us.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), COMMAND));
        command.addAll(List.of("serve", device, "--socket", socket.toString()));
        return command;
    }
}
