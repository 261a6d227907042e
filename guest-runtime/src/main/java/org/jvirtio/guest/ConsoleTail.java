package org.jvirtio.guest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last lines of a guest's console, for the message about a guest that died. Thread-safe. */
final class ConsoleTail {

    private static final int LINES = 40;

    private final Deque<String> lines = new ArrayDeque<>(LINES);
    private boolean panic;

    synchronized void add(String line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
        panic |= line.contains("Kernel panic");
    }

    /** True once the kernel said that it panicked. */
    synchronized boolean panicked() {
        return panic;
    }

    synchronized List<String> lines() {
        return new ArrayList<>(lines);
    }
}
