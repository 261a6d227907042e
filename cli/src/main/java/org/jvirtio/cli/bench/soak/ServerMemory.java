package org.jvirtio.cli.bench.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jvirtio.EnvironmentException;
import org.jvirtio.guest.HostProgram;

/**
 * What a JVM of this machine holds at one moment.
 *
 * @param residentKib pages of the whole process in memory: VmRSS of {@code /proc/PID/status}
 * @param liveKib objects that something still refers to, counted behind a collection that is made
 *     for it: what lies about on the heap until the next one says nothing
 * @param descriptors that are open
 */
public record ServerMemory(long residentKib, long liveKib, long descriptors) {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String RESIDENT = "VmRSS:";
    private static final String TOTAL = "Total ";

    /**
     * Looks at a process.
     *
     * @throws EnvironmentException if it is gone, or not a JVM that this user may look into
     */
    public static ServerMemory of(long pid) {
        Path process = Path.of("/proc", "" + pid);
        try {
            long open = descriptors(process);
            long live = live(histogram(pid)) / 1024;
            return new ServerMemory(
                    resident(Files.readAllLines(process.resolve("status"))), live, open);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "looking at the memory of process " + pid + ": " + e + ". Look whether it ran.",
                    e);
        }
    }

    /** Those of one directory of {@code /proc}. */
    static long descriptors(Path process) throws IOException {
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            return open.count();
        }
    }

    /** From {@code VmRSS: 123456 kB}. */
    static long resident(List<String> status) {
        String line = only(status, RESIDENT);
        return Long.parseLong(line.substring(RESIDENT.length()).replace("kB", "").strip());
    }

    /** In bytes, from {@code Total 39283 2412344}: objects, then bytes. */
    static long live(List<String> histogram) {
        return Long.parseLong(only(histogram, TOTAL).strip().split(" +", -1)[2]);
    }

    private static String only(List<String> lines, String start) {
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow(
                        () ->
                                new EnvironmentException(
                                        "looking at the memory of a process: no line begins with '"
                                                + start
                                                + "' in "
                                                + lines.stream().limit(5).toList()
                                                + ". Use a JDK with HotSpot, on Linux."));
    }

    private static List<String> histogram(long pid) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        return printed(List.of(jcmd.toString(), "" + pid, "GC.class_histogram"), LIMIT);
    }

    /** What a program prints until it ends, or is ended at the limit. */
    static List<String> printed(List<String> command, Duration limit) throws IOException {
        try {
            return HostProgram.run(command, limit).output().lines().toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException(
                    "running " + command + ": interrupted. Start the measurement again.", e);
        }
    }
}
