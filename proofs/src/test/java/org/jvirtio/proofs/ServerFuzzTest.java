package org.jvirtio.proofs;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jvirtio.linux.UnixSocket;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.serve.ServedDevice;
import org.jvirtio.vfiouser.VfioUserFunction;

/**
 * A served device with a client that sends what it likes. Whatever that is, the device ends that
 * session at most, for a reason that it can name, and within bounded time serves the next client as
 * if nothing had been.
 *
 * <p>Without JAZZER_FUZZ=1 only the inputs kept in the repository are tried.
 */
class ServerFuzzTest {

    private static final String[] DEVICES = {"entropy", "block,size=1M", "net"};
    private static final String[] RINGS = {"", ",ring=packed,offer=all"};

    /** A message that began and does not end may take five seconds; the rest is computing. */
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private static final int VENDOR = 0x1af4;

    private static boolean loaded;

    @FuzzTest(maxDuration = "140s")
    void client(FuzzedDataProvider data) throws IOException {
        requireSurvival(
                data,
                (socket, directory) -> {
                    try (HostileClient client = new HostileClient(data, socket, directory)) {
                        client.talk();
                    }
                });
    }

    /** Its memory is asked for by messages, and its answers are no better than the rest. */
    @FuzzTest(maxDuration = "140s")
    void memory(FuzzedDataProvider data) throws IOException {
        requireSurvival(
                data,
                (socket, directory) -> {
                    try (AskedClient client = new AskedClient(data, socket)) {
                        client.talk();
                    }
                });
    }

    /** Whoever talks to the server through a socket, with a directory for files. */
    private interface Talk {
        void over(UnixSocket socket, Path directory);
    }

    private static void requireSurvival(FuzzedDataProvider data, Talk talk) throws IOException {
        Path directory = Files.createTempDirectory("served");
        Path path = directory.resolve("socket");
        List<String> log = new CopyOnWriteArrayList<>();
        String device = data.pickValue(DEVICES) + data.pickValue(RINGS);
        load(path);
        long begin = System.nanoTime();
        try (ServedDevice served = new ServedDevice(device, path, log::add)) {
            talk.over(UnixSocket.connect(path), directory);
            requireTyped(log);
            requireServed(served.path());
            requireTyped(log);
        } finally {
            Files.deleteIfExists(directory.resolve("memory"));
            Files.delete(directory);
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        if (taken.compareTo(LIMIT) > 0) {
            throw new AssertionError("it took " + taken + ": " + log);
        }
    }

    /** What is timed is the server, and not how a JVM loads and instruments its classes, once. */
    private static void load(Path path) {
        if (!loaded) {
            try (ServedDevice served = new ServedDevice(DEVICES[0], path, line -> {})) {
                requireServed(served.path());
            }
            loaded = true;
        }
    }

    /** The client may be turned away while the one before is not gone yet. */
    private static void requireServed(Path path) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!isServed(path)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("the next client is not served");
            }
        }
    }

    private static boolean isServed(Path path) {
        try (VfioUserFunction next = VfioUserFunction.open(path)) {
            int vendor = next.config().read16(ConfigRegister.VENDOR_ID.offset());
            if (vendor != VENDOR) {
                throw new AssertionError("the next client sees vendor " + vendor);
            }
            return true;
        } catch (org.jvirtio.VirtioException turnedAway) {
            return false;
        }
    }

    private static void requireTyped(List<String> log) {
        if (log.stream().anyMatch(line -> line.contains("defect"))) {
            throw new AssertionError(log);
        }
    }
}
