package org.jvirtio.learn.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jvirtio.EnvironmentException;
import org.jvirtio.learn.Lesson;

/** Judges a learner's file in a JVM of its own, which ends after {@code limit} whatever it does. */
public final class Examination {

    /** A compiler has to start in it, on a slow machine. */
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

    /** Bytes kept of what the learner's code prints; it may print for ever. */
    private static final int MOST_PRINTED = 16 << 10;

    private final Lesson lesson;
    private final Duration limit;

    public Examination(Lesson lesson, Duration limit) {
        this.lesson = lesson;
        this.limit = limit;
    }

    /**
     * Compiles and tries {@code file}.
     *
     * @param scratch an own directory, for the report
     */
    public Judgement judge(Path file, Path scratch) {
        Path report = scratch.resolve("report");
        try {
            Files.write(report, new byte[0]);
            Process process = start(file, report);
            CompletableFuture<String> printed = CompletableFuture.supplyAsync(() -> drain(process));
            boolean ended = await(process);
            Report read = Report.read(report);
            return new Judgement(
                    read.refusal(),
                    read.verdicts(),
                    ended && read.whole() ? "" : ending(ended, process, read),
                    printed.join());
        } catch (IOException cause) {
            throw new EnvironmentException(
                    "trying " + file + ": " + cause + ". Make room, or set TMPDIR.", cause);
        }
    }

    private Process start(Path file, Path report) throws IOException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExaminedProgram.class.getName(),
                        "" + lesson.number(),
                        file.toString(),
                        report.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return process;
    }

    /**
     * Takes all that is printed, so that the code does not stand still, and keeps the beginning.
     */
    private static String drain(Process process) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] piece = new byte[4096];
        long total = 0;
        try (InputStream stream = process.getInputStream()) {
            for (int count = stream.read(piece); count >= 0; count = stream.read(piece)) {
                kept.write(piece, 0, Math.min(count, MOST_PRINTED - kept.size()));
                total += count;
            }
        } catch (IOException ended) {
            // It was ended, and its stream closed: what came before counts.
            total = Math.max(total, kept.size());
        }
        String text = kept.toString(StandardCharsets.UTF_8);
        long more = total - kept.size();
        return more > 0 ? text + "\n... and " + more + " bytes more" : text;
    }

    private boolean await(Process process) {
        try {
            if (process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        process.onExit().orTimeout(5, TimeUnit.SECONDS).exceptionally(late -> process).join();
        return false;
    }

    private String ending(boolean ended, Process process, Report read) {
        String place = read.begun().isEmpty() ? "" : ", while it was tried with: " + read.begun();
        if (!ended) {
            return "it had not come back after "
                    + limit.toSeconds()
                    + " s and was ended"
                    + place
                    + ". Every loop over what a device says needs a bound.";
        }
        return "it ended the whole JVM (exit status "
                + process.exitValue()
                + ")"
                + place
                + ". Return instead of calling System.exit.";
    }
}
