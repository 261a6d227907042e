package org.jvirtio.learn.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jvirtio.learn.Course;
import org.jvirtio.learn.Lesson;

/** The JVM in which a learner's code is compiled and tried: {@code LESSON FILE REPORT}. */
final class ExaminedProgram {

    private final Lesson lesson;
    private final Report.Writer report;

    private ExaminedProgram(Lesson lesson, Report.Writer report) {
        this.lesson = lesson;
        this.report = report;
    }

    public static void main(String[] arguments) throws IOException {
        Lesson lesson = Course.lesson(Integer.parseInt(arguments[0])).orElseThrow();
        String source = Files.readString(Path.of(arguments[1]), StandardCharsets.UTF_8);
        try (Report.Writer report = new Report.Writer(Path.of(arguments[2]))) {
            new ExaminedProgram(lesson, report).examine(source);
        }
        // Threads that the learner left behind do not count.
        Runtime.getRuntime().halt(0);
    }

    private void examine(String source) throws IOException {
        LearnerCompiler compiled = LearnerCompiler.compile(lesson.exercise().fileName(), source);
        if (compiled.errors().isEmpty()) {
            Optional<Object> code = instance(compiled);
            if (code.isPresent()) {
                tryAll(code.get());
            }
        }
        for (String error : compiled.errors()) {
            report.refused(error);
        }
        report.whole();
    }

    private void tryAll(Object code) throws IOException {
        for (Trial trial : lesson.checker().trialsOf(code)) {
            report.begun(trial.input());
            report.judged(trial.judge());
        }
    }

    private Optional<Object> instance(LearnerCompiler compiled) throws IOException {
        String name = lesson.exercise().name();
        Class<?> asked = lesson.checker().asked();
        try {
            report.begun("new " + name + "()");
            Class<?> loaded = compiled.load(name);
            if (asked.isAssignableFrom(loaded)) {
                return Optional.of(loaded.getConstructor().newInstance());
            }
            report.refused(name + " does not implement " + asked.getName() + "; it has to");
        } catch (ReflectiveOperationException | LinkageError failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            report.refused(
                    "making a "
                            + name
                            + ": "
                            + cause
                            + ". The file needs a public class "
                            + name
                            + ", in no package, with a constructor without parameters.");
        }
        return Optional.empty();
    }
}
