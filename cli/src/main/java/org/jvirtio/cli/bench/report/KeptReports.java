package org.jvirtio.cli.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jvirtio.EnvironmentException;

/** The directory that keeps every result, as {@code ring-20260131T235959Z.json}. */
public final class KeptReports {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path directory;

    public KeptReports(Path directory) {
        this.directory = directory;
    }

    /** {@code jvirtio/bench} below {@code $XDG_STATE_HOME} or {@code ~/.local/state}. */
    public static KeptReports ofUser() {
        String base = System.getenv("XDG_STATE_HOME");
        Path parent =
                base == null || base.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".local", "state")
                        : Path.of(base);
        return new KeptReports(parent.resolve("jvirtio").resolve("bench"));
    }

    public Path keep(BenchReport report) {
        Path file =
                directory.resolve(report.benchmark() + "-" + TIME.format(report.time()) + ".json");
        try {
            Files.createDirectories(directory);
            return Files.writeString(file, ReportJson.of(report) + "\n");
        } catch (IOException e) {
            throw unusable("keeping a result in ", e);
        }
    }

    public static BenchReport read(Path file) {
        try {
            return ReportJson.parse(
                    file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new EnvironmentException(
                    "reading the result of a benchmark: "
                            + e
                            + ". Name a file that exists; results are kept in "
                            + ofUser().directory
                            + ".",
                    e);
        }
    }

    /** The results of one benchmark, or of all if its name is empty; newest first. */
    public List<Path> newest(String benchmark) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> isKept(file, benchmark))
                    .sorted(Comparator.comparing(KeptReports::timeOf).reversed())
                    .toList();
        } catch (IOException e) {
            throw unusable("listing ", e);
        }
    }

    /** {@code ring} of {@code ring-20260131T235959Z.json}. */
    public static String benchmarkOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('-'));
    }

    private static boolean isKept(Path file, String benchmark) {
        String name = file.getFileName().toString();
        return name.matches("[a-z-]+-\\d{8}T\\d{6}Z\\.json")
                && (benchmark.isEmpty() || benchmarkOf(file).equals(benchmark));
    }

    private static String timeOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('-'));
    }

    private EnvironmentException unusable(String doing, IOException cause) {
        return new EnvironmentException(
                doing
                        + directory
                        + ": "
                        + cause
                        + ". Make room and give yourself the right there, or name another place in"
                        + " XDG_STATE_HOME.",
                cause);
    }
}
