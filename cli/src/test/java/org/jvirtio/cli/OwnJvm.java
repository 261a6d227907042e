package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command in a JVM of its own, with its own environment. */
final class OwnJvm {

    private OwnJvm() {}

    static ProcessBuilder command(Map<String, String> environment, String... words) {
        // Whoever runs this in the background has SIGINT ignored, and children inherit that.
        List<String> all = new ArrayList<>(List.of("env", "--default-signal=INT"));
        all.addAll(List.of(java(), "-XX:+UseSerialGC"));
        all.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        all.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(all);
        builder.environment().putAll(environment);
        return builder;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Runs it to its end; what it says goes through files in {@code directory}. */
    static CommandRun run(Path directory, Map<String, String> environment, String... words) {
        File out = directory.resolve("out").toFile();
        File err = directory.resolve("err").toFile();
        try {
            Process process =
                    command(environment, words).redirectOutput(out).redirectError(err).start();
            assertTrue(process.waitFor(2, TimeUnit.MINUTES), "still running");
            return new CommandRun(
                    process.exitValue(),
                    Files.readString(out.toPath()),
                    Files.readString(err.toPath()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
