package org.jvirtio.guest;

import java.util.List;

/** Finds a program by name and runs it with its streams on the report channel. */
final class GuestRun {

    private GuestRun() {}

    /** Returns the program's exit code; what it throws is reported and counts as 1. */
    static int run(ReportWriter report, String programName, List<String> arguments) {
        System.setOut(report.out());
        System.setErr(report.err());
        try {
            GuestProgram program =
                    Class.forName(programName)
                            .asSubclass(GuestProgram.class)
                            .getDeclaredConstructor()
                            .newInstance();
            report.mark("program", System.nanoTime());
            return program.run(arguments, report.out(), report.err());
        } catch (Throwable e) {
            report.fault(e);
            return 1;
        } finally {
            report.mark("end", System.nanoTime());
        }
    }
}
