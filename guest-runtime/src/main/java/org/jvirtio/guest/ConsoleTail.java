package org.jvirtio.guest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The last lines of a guest's console, for the message about a guest that died. Thread-safe. */
final class ConsoleTail {

    /** A panic's trace takes half of them, and what led to it comes before. */
    private static final int LINES = 100;

    private static final Pattern ENDED =
            Pattern.compile("Attempted to kill init! exitcode=0x([0-9a-f]{8})");

    private final Deque<String> lines = new ArrayDeque<>(LINES);
    private String panic = "";

    synchronized void add(String line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
        if (panic.isEmpty() && line.contains("Kernel panic")) {
            panic = line.strip();
        }
    }

    /** What the kernel said when it panicked, which its trace may have pushed out; or empty. */
    synchronized String panic() {
        return panic;
    }

    /**
     * The status with which process 1 ended by itself, in Linux's words {@code Attempted to kill
     * init! exitcode=0x00000300}: as wait(2) has it, the signal in the low seven bits, which was
     * none, and the status in the eight above.
     */
    synchronized OptionalInt exitStatus() {
        Matcher matcher = ENDED.matcher(panic);
        if (!matcher.find()) {
            return OptionalInt.empty();
        }
        int status = Integer.parseUnsignedInt(matcher.group(1), 16);
        return (status & 0x7f) == 0 ? OptionalInt.of(status >> 8 & 0xff) : OptionalInt.empty();
    }

    synchronized List<String> lines() {
        return new ArrayList<>(lines);
    }
}
