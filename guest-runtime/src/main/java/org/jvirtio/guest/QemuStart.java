package org.jvirtio.guest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.EnvironmentException;

/** How QEMU is started: so that it ends when we do, whatever ends us. */
final class QemuStart {

    /** Starts a program that the kernel ends when its parent ends; part of util-linux. */
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    private QemuStart() {}

    /**
     * Prepares a process.
     *
     * @param command {@link GuestMachine#QEMU} and its arguments
     * @param doing the first part of a message if there is no QEMU
     */
    static ProcessBuilder of(List<String> command, String doing) {
        if (!onPath(GuestMachine.QEMU)) {
            throw new EnvironmentException(
                    doing
                            + ": there is no "
                            + GuestMachine.QEMU
                            + " on the PATH. Install it: apt install qemu-system-x86");
        }
        List<String> words = new ArrayList<>(command);
        if (Files.isExecutable(SETPRIV)) {
            words.addAll(0, List.of(SETPRIV.toString(), "--pdeathsig", "KILL"));
        }
        return new ProcessBuilder(words);
    }

    private static boolean onPath(String program) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }
}
