package org.jvirtio.guest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Runs one short program of the host, which gets nothing to read and speaks English whatever the
 * user's language; one that is late is ended, with whatever it started. What a failure means is for
 * the caller to say.
 */
public final class HostProgram {

    /** For what is in the pipe when the program has ended. */
    private static final Duration REST = Duration.ofSeconds(5);

    private HostProgram() {}

    /**
     * What a program left behind.
     *
     * @param exit its exit status; empty if it was ended at the limit
     * @param output what it said until then, standard output and error together
     */
    public record Ended(OptionalInt exit, String output) {}

    /** Runs it where this process is; otherwise the same. */
    public static Ended run(List<String> command, Duration limit)
            throws IOException, InterruptedException {
        return run(Path.of("").toAbsolutePath(), command, limit);
    }

    /**
     * Runs it in {@code directory} until it ends, or for {@code limit}.
     *
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the calling thread is interrupted; the program is ended then
     */
    public static Ended run(Path directory, List<String> command, Duration limit)
            throws IOException, InterruptedException {
        Process process = start(directory, command);
        try {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            Thread reader = reader(process, said);
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            OptionalInt exit = ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
            end(process);
            // Bounded: what it started and left behind may keep the pipe open for ever.
            reader.join(REST.toMillis());
            return new Ended(exit, said.toString(StandardCharsets.UTF_8));
        } finally {
            end(process);
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

    /** Reads meanwhile: a program may say more than a pipe holds. */
    private static Thread reader(Process process, ByteArrayOutputStream said) {
        Thread reader = new Thread(() -> read(process, said), "what " + process.pid() + " says");
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    private static void read(Process process, ByteArrayOutputStream said) {
        try (InputStream output = process.getInputStream()) {
            output.transferTo(said);
        } catch (IOException e) {
            return; // It was ended while it spoke: what came before counts.
        }
    }

    /** By its handle: the process itself would close what was said and nobody has read yet. */
    private static void end(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.toHandle().destroyForcibly();
        }
    }
}
