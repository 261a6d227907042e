package org.jvirtio.guest;

import java.io.PrintStream;
import java.util.List;

/**
 * What process 1 runs once the guest is set up: named on the host by class name, found in the image
 * by that name, made with its public constructor without parameters.
 */
public interface GuestProgram {

    /**
     * Runs on the main thread of the guest's only process, as root, with VFIO loaded.
     *
     * @param arguments as the host gave them
     * @param out arrives on the host as it is written; {@code System.out} leads to the same place
     * @param err the same, for messages
     * @return the exit code that the host sees; whatever is thrown instead is reported with its
     *     stack trace and counts as exit code 1
     * @throws Exception anything: this is the outermost caller
     */
    int run(List<String> arguments, PrintStream out, PrintStream err) throws Exception;
}
