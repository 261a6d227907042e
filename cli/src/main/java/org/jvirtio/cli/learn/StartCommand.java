package org.jvirtio.cli.learn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.UsageException;
import org.jvirtio.learn.check.Exercise;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Copies the file with a hole to where the learner works. */
@Command(
        name = "start",
        description = "Copy the exercise of a lesson into a directory.",
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "N", description = "which lesson")
    private int number;

    @Parameters(index = "1", paramLabel = "DIR", description = "made if it is not there")
    private String directory;

    private final Console console;

    StartCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Exercise exercise = LearnCommand.lesson(number).exercise();
        Path file = LearnCommand.path(directory).resolve(exercise.fileName());
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    exercise.unsolved(),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new UsageException(
                    "copying the exercise: "
                            + file
                            + " is there already, and may be your work. Name another directory, or"
                            + " remove it.");
        } catch (IOException e) {
            throw new EnvironmentException(
                    "copying the exercise to " + file + ": " + e + ". Name a place of your own.",
                    e);
        }
        console.out().println("Edit " + file + ", then:");
        console.out().println("    ./jvirtio learn check " + number + " --in " + directory);
        return ExitCode.DONE;
    }
}
