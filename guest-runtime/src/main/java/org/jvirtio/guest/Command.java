package org.jvirtio.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jvirtio.EnvironmentException;

/** Runs one short program of the host and returns what it printed. */
final class Command {

    /** A download from a slow mirror takes longest. */
    private static final Duration LIMIT = Duration.ofMinutes(30);

    /** What every program says of a full disk, and what then helps whatever it was doing. */
    private static final String NO_SPACE = "No space left on device";

    private static final String MAKE_ROOM =
            "Make room there, or name another place in XDG_CACHE_HOME.";

    private Command() {}

    /**
     * Standard output and error together, in English whatever the user's language.
     *
     * @param doing what this is part of, as a message begins: "building the image"
     * @param remedy what to do if the program is missing or fails, as a sentence
     */
    static String run(String doing, String remedy, Path directory, List<String> command) {
        return run(doing, remedy, directory, command, LIMIT);
    }

    /** The same; one that runs longer than {@code limit} is ended, with whatever it started. */
    static String run(
            String doing, String remedy, Path directory, List<String> command, Duration limit) {
        try {
            Process process = start(directory, command);
            try {
                // Meanwhile: it may say more than a pipe holds, and has an end only when that has.
                CompletableFuture<String> said =
                        CompletableFuture.supplyAsync(() -> output(process));
                boolean late = !process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
                end(process);
                if (late || process.exitValue() != 0) {
                    String found =
                            late
                                    ? "still ran after the limit of " + limit.toSeconds() + " s"
                                    : "failed";
                    throw failed(doing, remedy, command, found, said.join());
                }
                return said.join();
            } finally {
                end(process);
            }
        } catch (IOException e) {
            throw new EnvironmentException(
                    doing
                            + ": cannot start '"
                            + command.get(0)
                            + "': "
                            + e.getMessage()
                            + ". "
                            + remedy,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException(doing + ": interrupted.", e);
        }
    }

    private static Process start(Path directory, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(directory.toFile());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static String output(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading what a program says", e);
        }
    }

    /** By its handle: the process itself would close what was said and nobody has read yet. */
    private static void end(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.toHandle().destroyForcibly();
        }
    }

    private static EnvironmentException failed(
            String doing, String remedy, List<String> command, String found, String output) {
        return new EnvironmentException(
                doing
                        + ": '"
                        + String.join(" ", command)
                        + "' "
                        + found
                        + ": "
                        + output.strip()
                        + "\n"
                        + (output.contains(NO_SPACE) ? MAKE_ROOM : remedy));
    }
}
