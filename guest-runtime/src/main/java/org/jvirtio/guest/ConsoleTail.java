package org.jvirtio.guest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last lines of a guest's console, for the message about a guest that died. Thread-safe. */
final class ConsoleTail {

    /** A panic's trace takes half of them, and what led to it comes before. */
    private static final int LINES = 100;

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

    synchronized List<String> lines() {
        return new ArrayList<>(lines);
    }
}
