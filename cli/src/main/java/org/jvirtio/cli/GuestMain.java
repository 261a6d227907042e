package org.jvirtio.cli;

import java.io.PrintStream;
import java.util.List;
import org.jvirtio.guest.GuestProgram;

/** The {@code jvirtio} command as the program of a guest. */
public final class GuestMain implements GuestProgram {

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        return Main.execute(new Console(out, err, Paint.none()), arguments.toArray(String[]::new));
    }
}
