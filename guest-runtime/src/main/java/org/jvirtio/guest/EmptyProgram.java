package org.jvirtio.guest;

import java.io.PrintStream;
import java.util.List;

/** Does nothing: what a guest costs before it does anything. */
public final class EmptyProgram implements GuestProgram {

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        return 0;
    }
}
