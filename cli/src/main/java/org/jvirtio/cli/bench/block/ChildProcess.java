package org.jvirtio.cli.bench.block;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jvirtio.EnvironmentException;

/**
 * A program that process 1 starts and waits for. Only {@link Process} reaps it: nothing else here
 * may wait for children, or one of the two would miss its child.
 */
final class ChildProcess {

    private static final Path ERRORS = Path.of("/tmp/child.err");
    private static final Path OUTPUT = Path.of("/tmp/child.out");

    private ChildProcess() {}

    /**
     * What the program printed. It is killed at the limit.
     *
     * @throws EnvironmentException if it fails, with what it said
     */
    static String run(List<String> command, Duration limit)
            throws IOException, InterruptedException {
        // Through files, because a pipe that nobody empties would stop the program.
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectOutput(OUTPUT.toFile()).redirectError(ERRORS.toFile());
        // The loader's path of process 1 leads to the JVM's own libraries.
        builder.environment().remove("LD_LIBRARY_PATH");
        Process process = builder.start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        if (!ended || process.exitValue() != 0) {
            throw failed(command, ended ? "exit status " + process.exitValue() : "no end", limit);
        }
        return text(OUTPUT);
    }

    private static EnvironmentException failed(List<String> command, String how, Duration limit)
            throws IOException {
        return new EnvironmentException(
                String.format(
                        "running %s in the guest: %s within %d s. It said: %s%s",
                        command.get(0),
                        how,
                        limit.toSeconds(),
                        text(ERRORS).strip(),
                        text(OUTPUT).isBlank() ? "" : " / " + text(OUTPUT).strip()));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
