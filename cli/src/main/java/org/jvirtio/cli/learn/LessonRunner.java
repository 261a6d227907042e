package org.jvirtio.cli.learn;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.VirtioException;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.Paint;
import org.jvirtio.learn.picture.Picture;
import org.jvirtio.learn.text.Runner;

/** Runs a lesson's commands in this process and keeps what they print. */
final class LessonRunner implements Runner {

    private static final List<String> DRAW = List.of("learn", "draw");

    private final Commands commands;

    LessonRunner(Commands commands) {
        this.commands = commands;
    }

    @Override
    public Printed run(List<String> words) {
        if (words.size() > 2 && words.subList(0, 2).equals(DRAW)) {
            return draw(words);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit =
                commands.execute(
                        new Console(stream(out), stream(err), Paint.none()),
                        words.toArray(new String[0]));
        List<String> lines = new ArrayList<>(text(out).lines().toList());
        // What a command complains of is a part of the lesson, its progress is not.
        if (exit != 0) {
            lines.addAll(text(err).lines().toList());
        }
        return new Printed(lines, Optional.empty());
    }

    private static Printed draw(List<String> words) {
        try {
            Picture picture = DrawCommand.parse(words.subList(DRAW.size(), words.size()));
            return new Printed(picture.lines(), Optional.of(picture));
        } catch (VirtioException refused) {
            return new Printed(List.of(refused.getMessage()), Optional.empty());
        }
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
