package org.jvirtio.serve;

import java.util.List;
import java.util.function.Consumer;

/** What is told of one client, which cannot make it endless. Thread-safe. */
final class SessionLog {

    private static final int MOST_LINES = 200;

    private final Consumer<String> lines;
    private int told;

    SessionLog(Consumer<String> lines) {
        this.lines = lines;
    }

    synchronized void say(String what) {
        if (told < MOST_LINES) {
            lines.accept(what);
        } else if (told == MOST_LINES) {
            lines.accept("did more of that kind, which is not listed");
        }
        told = Math.min(told + 1, MOST_LINES + 1);
    }

    /** The last that is told, whatever came before. */
    void end(String what) {
        lines.accept(what);
    }

    void refused(String what, String why) {
        say("is refused " + what + ": " + why);
    }

    /** What its driver did wrong. */
    void complaints(List<String> texts) {
        texts.forEach(text -> say("drives it wrong: " + text));
    }
}
