package org.jvirtio.cli.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.bench.jvm.ChildJvm;

/** The process that JMH runs in; it forks one more for each configuration. */
final class MicroJvm {

    /** What MicroProgram tells JMH, for a report. */
    static final String SETTINGS =
            "JMH 1.37, a JVM for each, 4 iterations of 0.25 s (a choice: 2 s) to warm up, 5 of"
                    + " 0.2 s measured, SerialGC";

    private static final String PROGRAM = "org.jvirtio.benchmarks.MicroProgram";

    /** What JMH prints before each configuration, with the time that is left. */
    private static final String PROGRESS = "# Run progress: ";

    private final Console console;
    private final Path directory;

    MicroJvm(Console console, Path directory) {
        this.console = console;
        this.directory = directory;
    }

    /** Runs the benchmarks whose names have {@code only} in them. */
    List<MicroResult> run(String only) {
        try {
            Path result = Files.createTempFile("jvirtio-micro", ".json");
            try {
                run(result, only);
                return MicroResult.parse(Files.readString(result));
            } finally {
                Files.deleteIfExists(result);
            }
        } catch (IOException e) {
            throw new EnvironmentException(
                    "running JMH: " + e + ". Make room in the directory for temporary files.", e);
        }
    }

    private void run(Path result, String only) throws IOException {
        Process process =
                new ProcessBuilder(command(result, only)).redirectErrorStream(true).start();
        process.getOutputStream().close();
        StringBuilder printed = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                printed.append(line).append('\n');
                if (line.startsWith(PROGRESS)) {
                    console.progress(line.substring(PROGRESS.length()));
                }
            }
        }
        if (exitOf(process) != 0) {
            console.err().print(printed);
            throw new DeviceBrokenException(
                    "running JMH: exit status " + exitOf(process) + ". Its complaint is above.");
        }
    }

    private List<String> command(Path result, String only) {
        List<String> command = ChildJvm.command(List.of(), directory + "/*");
        command.addAll(List.of(PROGRAM, result.toString()));
        if (!only.isEmpty()) {
            command.add(only);
        }
        return command;
    }

    private static int exitOf(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new DeviceBrokenException("running JMH: interrupted. Start again.");
        }
    }
}
