package org.jvirtio.cli;

import java.io.PrintStream;
import java.util.List;
import org.jvirtio.EnvironmentException;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.pci.PciFunction;

/**
 * Takes each function that it is given by name, in a guest, and prints what was decided on the way,
 * or why it cannot be had.
 */
public final class VfioPathProgram implements GuestProgram {

    @Override
    public int run(List<String> names, PrintStream out, PrintStream err) {
        for (String name : names) {
            out.println(name);
            try (PciFunction function = Functions.openToDrive(name)) {
                function.decisions().forEach(line -> out.println("  taken: " + line));
            } catch (EnvironmentException e) {
                out.println("  " + e.getMessage().replace("\n", "\n  "));
            }
        }
        return ExitCode.DONE;
    }
}
