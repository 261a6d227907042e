package org.jvirtio.cli.bench.block;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.bench.jvm.ChildJvm;
import org.jvirtio.cli.bench.profile.BothEnds;
import org.jvirtio.guest.QemuValue;
import org.jvirtio.vfiouser.VfioUserFunction;

/** A disk that {@code jvirtio serve} serves in a process of its own, and our driver on it. */
public final class ServedDisk implements AutoCloseable {

    private static final String COMMAND = "org.jvirtio.cli.Main";
    private static final int MEBIBYTE = 1 << 20;

    private final Path socket;
    private final ChildJvm server;

    /**
     * What one round gave.
     *
     * @param clientNanos for one read, in which the client does not wait
     * @param serverNanos of the server's processor, for one read
     */
    public record Sample(double perSecond, double clientNanos, double serverNanos) {}

    private ServedDisk(Path socket, ChildJvm server) {
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
        String device = "block," + options + ",image=" + QemuValue.of(image);
        ChildJvm server =
                ChildJvm.start(
                        "a server to measure",
                        COMMAND,
                        List.of("serve", device, "--socket", socket.toString()));
        String first = firstLine(server);
        if (!first.contains(" serves ")) {
            server.kill();
            throw new EnvironmentException(
                    "starting a server to measure: it said '"
                            + first
                            + "'. Its complaint is above.");
        }
        server.ignoreAnswers(); // It tells of every client.
        return new ServedDisk(socket, server);
    }

    private static String firstLine(ChildJvm server) {
        try {
            return String.valueOf(server.answers().readLine());
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /** Connects, warms both up, and reads for some rounds. */
    public List<Sample> measure(int depth, int rounds, double seconds, double warmUp) {
        return connected(
                depth,
                load -> {
                    load.run((long) (warmUp * 1e9));
                    List<Sample> samples = new ArrayList<>();
                    for (int round = 0; round < rounds; round++) {
                        samples.add(round(load, seconds));
                    }
                    return samples;
                });
    }

    /** Connects, warms both up, and watches where their time goes while it reads. */
    public BothEnds profile(int depth, double seconds, double warmUp) {
        return connected(
                depth,
                load -> {
                    load.run((long) (warmUp * 1e9));
                    load.clear();
                    return BothEnds.during(
                            server.handle().pid(),
                            () -> {
                                load.run((long) (seconds * 1e9));
                                load.requireNoErrors();
                                return load.done();
                            });
                });
    }

    /** Connects, reads for a while, and leaves; how many reads that were. */
    public long visit(int depth, double seconds) {
        return connected(
                depth,
                load -> {
                    load.run((long) (seconds * 1e9));
                    load.requireNoErrors();
                    return load.done();
                });
    }

    /** The server's process. */
    public ProcessHandle server() {
        return server.handle();
    }

    private <T> T connected(int depth, Function<BlockLoad, T> work) {
        try (PolledReads reads = PolledReads.open(VfioUserFunction.open(socket))) {
            return work.apply(reads.load(depth));
        }
    }

    private Sample round(BlockLoad load, double seconds) {
        load.clear();
        long serverBefore = serverNanos();
        double nanos = load.run((long) (seconds * 1e9));
        double reads = load.done();
        load.requireNoErrors();
        return new Sample(
                reads / (nanos / 1e9),
                (nanos - load.waitedNanos()) / reads,
                (serverNanos() - serverBefore) / reads);
    }

    private long serverNanos() {
        return server.handle().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    /** The name of the function that it serves. */
    public String function() {
        return "vfio-user:" + socket;
    }

    /** Ends the server as people do. */
    @Override
    public void close() {
        server.stop();
    }
}
