package org.jvirtio.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jvirtio.EnvironmentException;
import org.jvirtio.guest.HostProgram;

/** A program of the system that we ask to do something short, such as {@code mke2fs}. */
public final class Tool {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What a finished program left behind. */
    public record Result(int exit, String output) {}

    private final String name;
    private final String debianPackage;
    private final Duration limit;

    public Tool(String name, String debianPackage) {
        this(name, debianPackage, LIMIT);
    }

    /** With another limit of what {@link #run} takes. */
    Tool(String name, String debianPackage, Duration limit) {
        this.name = name;
        this.debianPackage = debianPackage;
        this.limit = limit;
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
            HostProgram.Ended ended = HostProgram.run(command, limit);
            return new Result(ended.exit().orElseThrow(() -> late(command, limit)), ended.output());
        } catch (IOException e) {
            throw new EnvironmentException(
                    "Running " + command + ": " + e.getMessage() + ". Run it by hand to see why.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("Running " + command + ": interrupted. Start again.", e);
        }
    }

    private static EnvironmentException late(List<String> command, Duration limit) {
        return new EnvironmentException(
                "Running "
                        + command
                        + ": not done after "
                        + limit.toSeconds()
                        + " s. Run it by hand to see what it waits for.");
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
