package org.jvirtio.guest;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.Libc;

/**
 * Process 1 of the guest. Opens the report channel first, so that everything after it can be
 * reported; mounts what a program expects, loads the VFIO modules, runs one {@link GuestProgram},
 * reports how it ended, and turns the machine off.
 *
 * <pre>
 *   java @/jvm.args org.jvirtio.guest.Init PROGRAM ARGUMENT...
 * </pre>
 *
 * <p>The kernel panics when process 1 ends, and says with which status. An application that calls
 * {@link System#exit} is understood by that; everybody else is spared the panic.
 */
public final class Init {

    /**
     * The second serial port. A node of this name lies in the image itself, so it is there before
     * anything is mounted.
     */
    static final String REPORT_PORT = "/dev/ttyS1";

    /** Exit status of a guest that is not set up: its kernel or modules are not what is needed. */
    private static final int MISSING = 3;

    /** Before a program's own takes its place, and there when the report channel is not. */
    private static final PrintStream CONSOLE = System.err;

    private Init() {}

    public static void main(String[] words) throws IOException {
        long reached = System.nanoTime();
        ReportWriter report = new ReportWriter(new FileOutputStream(REPORT_PORT));
        report.mark("main", reached);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(report), "leave"));
        int code = 1;
        try {
            new GuestSetup(report).run();
            code = GuestRun.run(report, words[0], GuestArguments.decode(words, 1));
        } catch (EnvironmentException e) {
            report.fault(e);
            code = MISSING;
        } catch (Throwable e) {
            report.fault(e);
        }
        turnOff(report, code);
    }

    private static void turnOff(ReportWriter report, int code) {
        try {
            report.peakMemory(PeakMemory.kibibytes());
            report.exit(code);
            report.close();
            int result = Libc.reboot(Libc.RB_POWER_OFF);
            complain("turning the guest off: reboot(2): " + Errno.describe(result));
        } catch (Throwable e) {
            complain("turning the guest off: " + e);
        }
        Runtime.getRuntime().halt(code);
    }

    /**
     * Runs in {@code System.exit}, which tells nobody the status until the process has it. What is
     * not sent before the panic is lost.
     */
    private static void leave(ReportWriter report) {
        try {
            report.peakMemory(PeakMemory.kibibytes());
            report.leave(System.nanoTime());
        } catch (Throwable e) {
            complain("telling that the program called System.exit: " + e);
        }
    }

    private static void complain(String found) {
        CONSOLE.println(
                found
                        + ". The kernel panics now, which ends the guest all the same. To see what led"
                        + " here, run the command that --print-cmd shows, without 'quiet'.");
    }
}
