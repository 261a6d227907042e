package org.jvirtio.guest;

import java.io.PrintStream;
import java.util.List;

/** A program that never ends. */
public final class Hanging implements GuestProgram {

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) throws Exception {
        out.println("waiting for ever");
        Thread.sleep(Long.MAX_VALUE);
        return 0;
    }
}
