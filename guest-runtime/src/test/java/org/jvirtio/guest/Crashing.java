package org.jvirtio.guest;

import java.io.PrintStream;
import java.util.List;
import org.jvirtio.memory.NativeMemory;

/** A program that takes the JVM down with it, as a bad address would. */
public final class Crashing implements GuestProgram {

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        out.println("about to crash");
        new NativeMemory(8, 4096).write32(0, 1);
        return 0;
    }
}
