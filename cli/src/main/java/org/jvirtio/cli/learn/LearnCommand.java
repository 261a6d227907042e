package org.jvirtio.cli.learn;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.JsonText;
import org.jvirtio.cli.Output;
import org.jvirtio.cli.PageOutput;
import org.jvirtio.cli.UsageException;
import org.jvirtio.learn.Course;
import org.jvirtio.learn.Lesson;
import org.jvirtio.learn.text.Command;
import org.jvirtio.learn.text.LessonPage;
import org.jvirtio.learn.text.Runner;
import org.jvirtio.learn.text.TerminalText;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the lessons, or shows one, with its commands run while it is shown. */
@CommandLine.Command(
        name = "jvirtio learn",
        description = "Lessons: without N the list of them, with N the text of one, run live.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class LearnCommand implements Callable<Integer> {

    @Parameters(paramLabel = "N", arity = "0..1", description = "which lesson")
    private Integer number;

    @Option(
            names = "--real",
            description =
                    "run its commands on devices of a QEMU without a guest, where it has such ones")
    private boolean real;

    @Option(
            names = "--no-pause",
            description = "do not wait for Enter before a command's output, as a terminal does")
    private boolean noPause;

    @Mixin private PageOutput page;

    private final Console console;
    private final Commands commands;

    private LearnCommand(Console console, Commands commands) {
        this.console = console;
        this.commands = commands;
    }

    /** The command with what is below it, for the parser. */
    public static CommandLine line(Console console, Commands commands) {
        return new CommandLine(new LearnCommand(console, commands))
                .addSubcommand(new StartCommand(console))
                .addSubcommand(new CheckExerciseCommand(console))
                .addSubcommand(new SolutionCommand(console))
                .addSubcommand(new DrawCommand(console))
                .addSubcommand(new DiskCommand(console));
    }

    @Override
    public Integer call() {
        Output output = page.output();
        if (number == null) {
            list(output);
            return ExitCode.DONE;
        }
        Lesson lesson = lesson(number);
        if (!real) {
            show(lesson, output, new LessonRunner(commands));
            return ExitCode.DONE;
        }
        try (RealRunner qemu = RealRunner.of(lesson.text().commands(), commands, console)) {
            show(lesson, output, qemu);
        }
        return ExitCode.DONE;
    }

    static Lesson lesson(int number) {
        return Course.lesson(number)
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "there is no lesson "
                                                + number
                                                + "; jvirtio learn lists those there are"));
    }

    private void list(Output output) {
        if (output == Output.JSON) {
            console.out().println(JsonText.of(Course.lessons().stream().map(this::entry).toList()));
            return;
        }
        for (Lesson lesson : Course.lessons()) {
            console.out()
                    .printf(
                            "%3d  %-36s %2d min  %s%n",
                            lesson.number(),
                            lesson.title(),
                            lesson.minutes(),
                            lesson.exercise().fileName());
        }
        console.out().println();
        console.out().println("./jvirtio learn N           read lesson N, with its commands run");
        console.out().println("./jvirtio learn start N DIR copy its exercise");
        console.out().println("./jvirtio learn check N --in DIR");
    }

    private Map<String, Object> entry(Lesson lesson) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("number", lesson.number());
        entry.put("title", lesson.title());
        entry.put("minutes", lesson.minutes());
        entry.put("exercise", lesson.exercise().fileName());
        return entry;
    }

    private void show(Lesson lesson, Output output, Runner runner) {
        if (page.isPage()) {
            page.print(LessonPage.of(lesson.text(), runner), console);
        } else if (output == Output.JSON) {
            console.out().println(JsonText.of(json(lesson, runner)));
        } else {
            new TerminalText(console.out()::println, console.paint()::bold, runner, this::pause)
                    .show(lesson.text());
        }
    }

    private Map<String, Object> json(Lesson lesson, Runner runner) {
        Map<String, Object> json = entry(lesson);
        List<Map<String, Object>> runs = new ArrayList<>();
        for (Command command : lesson.text().commands()) {
            List<String> actual = runner.actual(command.words());
            runs.add(Map.of("command", actual, "printed", runner.run(actual).lines()));
        }
        json.put("commands", runs);
        return json;
    }

    /** A prediction is made before the answer is seen. */
    private void pause() {
        if (noPause || !Boolean.getBoolean("jvirtio.terminal")) {
            return;
        }
        console.err().print("    [Enter runs it] ");
        console.err().flush();
        try {
            for (int next = System.in.read(); next >= 0 && next != '\n'; ) {
                next = System.in.read();
            }
        } catch (IOException e) {
            throw new EnvironmentException(
                    "waiting for Enter: " + e + ". Use --no-pause without a keyboard.", e);
        }
    }

    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (java.nio.file.InvalidPathException e) {
            throw new UsageException("reading the file name '" + text + "': " + e.getReason());
        }
    }
}
