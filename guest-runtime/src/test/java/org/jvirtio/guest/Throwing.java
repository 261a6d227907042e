package org.jvirtio.guest;

import java.io.PrintStream;
import java.util.List;

/** A program that fails in the ordinary way. */
public final class Throwing implements GuestProgram {

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        throw new IllegalStateException("thrown on purpose");
    }
}
