package org.jvirtio.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jvirtio.EnvironmentException;

/** A program of the system that we ask to do something short, such as {@code mke2fs}. */
public final class Tool {

    private static final long LIMIT_SECONDS = 60;

    /** What a finished program left behind. */
    public record Result(int exit, String output) {}

    private final String name;
    private final String debianPackage;

    public Tool(String name, String debianPackage) {
        this.name = name;
        this.debianPackage = debianPackage;
    }

    /** Where it is; system administration programs need not be on an ordinary user's path. */
    public Path find() {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
        return Arrays.stream(path.split(":"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () ->
                                new EnvironmentException(
                                        "Looking for the program "
                                                + name
                                                + ": it is nowhere on "
                                                + path
                                                + ". Install it: apt-get install "
                                                + debianPackage));
    }

    public Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(find().toString()));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            byte[] output = process.getInputStream().readAllBytes();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new EnvironmentException(
                        "Running "
                                + command
                                + ": not done after "
                                + LIMIT_SECONDS
                                + " s. Run it by hand to see what it waits for.");
            }
            return new Result(process.exitValue(), new String(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new EnvironmentException(
                    "Running " + command + ": " + e.getMessage() + ". Run it by hand to see why.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("Running " + command + ": interrupted. Start again.", e);
        }
    }

    /** Like {@link #run}, but an exit status other than 0 is an error. */
    public String require(String... arguments) {
        Result result = run(arguments);
        if (result.exit() != 0) {
            throw new EnvironmentException(
                    "Running "
                            + name
                            + " "
                            + String.join(" ", arguments)
                            + ": exit status "
                            + result.exit()
                            + ", "
                            + result.output().strip()
                            + ". Run it by hand to see why.");
        }
        return result.output();
    }
}
