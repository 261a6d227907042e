package org.jvirtio.cli.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jvirtio.EnvironmentException;

/** The directory that keeps every result, by its {@link ReportName}. */
public final class KeptReports {

    /** Of benchmarks that began in the same second. */
    private static final int MOST_AT_ONCE = 1000;

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
        try {
            Files.createDirectories(directory);
            return write(report, ReportJson.of(report) + "\n");
        } catch (IOException e) {
            throw unusable("keeping a result in ", e);
        }
    }

    private Path write(BenchReport report, String json) throws IOException {
        for (int count = 1; count <= MOST_AT_ONCE; count++) {
            ReportName name = new ReportName(report.benchmark(), report.time(), count);
            Optional<Path> file = create(directory.resolve(name.toString()), json);
            if (file.isPresent()) {
                return file.get();
            }
        }
        throw new IOException(MOST_AT_ONCE + " results of the same second are there already");
    }

    /** Empty if somebody has the name: other processes keep results, too. */
    private static Optional<Path> create(Path file, String json) throws IOException {
        try {
            return Optional.of(Files.writeString(file, json, StandardOpenOption.CREATE_NEW));
        } catch (FileAlreadyExistsException taken) {
            return Optional.empty();
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
            return all.flatMap(file -> ReportName.of(file).stream())
                    .filter(name -> benchmark.isEmpty() || name.benchmark().equals(benchmark))
                    .sorted(ReportName.OLDEST_FIRST.reversed())
                    .map(name -> directory.resolve(name.toString()))
                    .toList();
        } catch (IOException e) {
            throw unusable("listing ", e);
        }
    }

    /** {@code ring} of {@code ring-20260131T235959Z.json}. */
    public static String benchmarkOf(Path file) {
        return ReportName.of(file).map(ReportName::benchmark).orElse("");
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
