package org.jvirtio.cli.bench.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jvirtio.EnvironmentException;

/**
 * A program that process 1 starts and waits for. Only {@link Process} reaps it: nothing else in the
 * guest may wait for children, or one of the two would miss its child.
 */
public final class ChildProcess implements AutoCloseable {

    private static final Path DIRECTORY = Path.of("/tmp");

    private final List<String> command;
    private final Path output;
    private final Path errors;
    private final Process process;

    private ChildProcess(List<String> command, Path directory) throws IOException {
        this.command = command;
        output = Files.createTempFile(directory, "child", ".out");
        errors = Files.createTempFile(directory, "child", ".err");
        // Through files, because a pipe that nobody empties would stop the program.
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
        // The loader's path of process 1 leads to the JVM's own libraries.
        builder.environment().remove("LD_LIBRARY_PATH");
        process = builder.start();
        process.getOutputStream().close();
    }

    public static ChildProcess start(List<String> command) throws IOException {
        return new ChildProcess(List.copyOf(command), DIRECTORY);
    }

    /**
     * Runs a program to its end and returns what it printed.
     *
     * @throws EnvironmentException if it fails, or does not end in time, with what it said
     */
    public static String run(List<String> command, Duration limit)
            throws IOException, InterruptedException {
        try (ChildProcess child = start(command)) {
            return child.await(limit);
        }
    }

    /** Waits for the end; as {@link #run}. */
    public String await(Duration limit) throws IOException, InterruptedException {
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        String printed = text(output);
        if (!ended || process.exitValue() != 0) {
            throw failed(ended, limit, printed);
        }
        return printed;
    }

    /** Asks the program to end (SIGTERM) and returns what it printed; as {@link #run}. */
    public String stop(Duration limit) throws IOException, InterruptedException {
        process.destroy();
        return await(limit);
    }

    /** What the program has written to its standard error so far. */
    public String complaints() throws IOException {
        return text(errors);
    }

    /** Ends the program if it still runs, and forgets what it printed. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.deleteIfExists(output);
        Files.deleteIfExists(errors);
    }

    private EnvironmentException failed(boolean ended, Duration limit, String printed)
            throws IOException {
        return new EnvironmentException(
                String.format(
                        "running %s: %s. It said: %s. The command was: %s",
                        command.get(0),
                        ended
                                ? "it ended with status " + process.exitValue()
                                : "it did not end within " + limit.toSeconds() + " s",
                        (text(errors) + "\n" + printed).strip(),
                        String.join(" ", command)));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
