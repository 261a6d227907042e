package org.jvirtio.learn.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * One input to the learner's code, what has to come of it, and why.
 *
 * @param input in words: {@code a list that leads back to its first capability}
 * @param clause where it is written
 * @param expected what has to come, as text
 * @param run calls the learner's code; its result is compared as text
 * @param mistakes what to say of results that show a particular mistake
 * @param hint what to say of any other wrong result
 */
public record Trial(
        String input,
        String clause,
        String expected,
        Callable<?> run,
        Map<String, String> mistakes,
        String hint) {

    public Trial {
        mistakes = Map.copyOf(mistakes);
    }

    /** A trial without hints. */
    public static Trial of(String input, String clause, Object expected, Callable<?> run) {
        return new Trial(input, clause, String.valueOf(expected), run, Map.of(), "");
    }

    public Trial hint(String words) {
        return new Trial(input, clause, expected, run, mistakes, words);
    }

    /** Recognises a mistake by its result. */
    public Trial mistake(Object came, String words) {
        Map<String, String> more = new LinkedHashMap<>(mistakes);
        more.put(String.valueOf(came), words);
        return new Trial(input, clause, expected, run, more, hint);
    }

    /** Lets the learner's code have the input; whatever it throws is a result, too. */
    Verdict judge() {
        String came;
        try {
            came = String.valueOf(run.call());
        } catch (Exception | StackOverflowError | OutOfMemoryError | AssertionError thrown) {
            came = thrown.toString() + at(thrown);
        }
        boolean right = came.equals(expected);
        String words = right ? "" : mistakes.getOrDefault(came, hint);
        return new Verdict(right, input, clause, expected, came, words);
    }

    /** The innermost line of the learner's own file: his class is in no package. */
    private static String at(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (!frame.getClassName().contains(".")) {
                return ", at " + frame.getFileName() + ":" + frame.getLineNumber();
            }
        }
        return "";
    }
}
