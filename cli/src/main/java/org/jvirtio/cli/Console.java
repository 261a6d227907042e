package org.jvirtio.cli;

import java.io.PrintStream;

/**
 * Where a command prints: results on {@code out}, progress and complaints on {@code err}, so that
 * {@code -o json} can be piped.
 */
public record Console(PrintStream out, PrintStream err, Paint paint) {

    /** Says what is going on, for people who wait. */
    public void progress(String line) {
        err.println("jvirtio: " + line);
    }
}
