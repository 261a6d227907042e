package org.jvirtio.vfio;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened on the way to something, closed in the reverse order if the rest fails. */
final class OpenFiles {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T file) {
        opened.push(file);
        return file;
    }

    /** Closes everything; what fails by it is added to {@code reason}, which is returned. */
    RuntimeException closeAfter(RuntimeException reason) {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                reason.addSuppressed(e);
            }
        }
        return reason;
    }
}
