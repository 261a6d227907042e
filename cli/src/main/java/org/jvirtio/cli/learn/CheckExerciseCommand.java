package org.jvirtio.cli.learn;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.JsonText;
import org.jvirtio.cli.Output;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.cli.UsageException;
import org.jvirtio.learn.Lesson;
import org.jvirtio.learn.check.Examination;
import org.jvirtio.learn.check.Judgement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compiles a learner's file and says what it does with every input. */
@Command(
        name = "check",
        description = "Compile the exercise of a lesson and judge it.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CheckExerciseCommand implements Callable<Integer> {

    @Parameters(paramLabel = "N", description = "which lesson")
    private int number;

    @Option(
            names = "--in",
            paramLabel = "DIR",
            description = "where the file is (default: the current directory)")
    private String directory = ".";

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            description = "how long your code may take, with the compiler (default: 30)")
    private int limit = (int) Examination.DEFAULT_LIMIT.toSeconds();

    @Option(names = "-o", paramLabel = "FORM", description = "text or json")
    private String form = "text";

    private final Console console;

    CheckExerciseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Output output = Output.parse(form);
        Lesson lesson = LearnCommand.lesson(number);
        Path file = LearnCommand.path(directory).resolve(lesson.exercise().fileName());
        if (!Files.isReadable(file)) {
            throw new UsageException(
                    "checking lesson "
                            + number
                            + ": there is no "
                            + file
                            + ". Begin with jvirtio learn start "
                            + number
                            + " DIR, or name the directory with --in.");
        }
        Judgement judgement;
        try (ScratchDirectory scratch = ScratchDirectory.make()) {
            Duration bound = Duration.ofSeconds(Math.max(1, limit));
            judgement = new Examination(lesson, bound).judge(file, scratch.path());
        }
        if (output == Output.JSON) {
            console.out().println(JsonText.of(JudgementText.json(lesson, judgement)));
        } else {
            JudgementText.lines(lesson, judgement, console.paint()).forEach(console.out()::println);
        }
        return judgement.passed() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
