package org.jvirtio.guest;

import java.io.FileOutputStream;
import java.io.IOException;
import org.jvirtio.linux.Libc;

/**
 * Goes through the motions of {@link Init} on the host, with calls that cannot succeed, so that the
 * JVM notes which classes the guest will load. The image holds an archive of those classes; loading
 * them one by one under an emulator takes seconds.
 */
final class Rehearsal {

    private Rehearsal() {}

    /** Arguments: as {@link Init}. */
    public static void main(String[] words) throws IOException, ClassNotFoundException {
        Class.forName(Init.class.getName());
        Class.forName(GuestSetup.class.getName());
        ReportWriter report = new ReportWriter(new FileOutputStream("/dev/null"));
        report.mark("main", System.nanoTime());
        Libc.mount("none", "/nonexistent", "none", 0, "");
        Libc.finitModule(-1, "");
        Libc.close(-1);
        int code = GuestRun.run(report, words[0], GuestArguments.decode(words, 1));
        report.peakMemory(PeakMemory.kibibytes());
        report.exit(code);
        report.close();
    }
}
