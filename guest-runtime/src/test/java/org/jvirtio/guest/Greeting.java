package org.jvirtio.guest;

import java.io.PrintStream;
import java.util.List;
import org.jvirtio.linux.Libc;

/** Shows that arguments arrive in a guest, and output and exit code on the host. */
public final class Greeting implements GuestProgram {

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        out.println("pid " + Libc.getpid());
        for (String argument : arguments) {
            out.println("[" + argument + "]");
        }
        err.println("to err");
        return 3;
    }
}
