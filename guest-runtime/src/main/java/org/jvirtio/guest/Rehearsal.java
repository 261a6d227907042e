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

    /** Arguments: as {@link Init}, or none to stop before the program. */
    public static void main(String[] words) throws IOException {
        ReportWriter report = new ReportWriter(new FileOutputStream("/dev/null"));
        report.mark("main", System.nanoTime());
        Libc.mount("none", "/nonexistent", "none", 0, "");
        Libc.finitModule(-1, "");
        Libc.close(-1);
        report.peakMemory(PeakMemory.kibibytes());
        int code = 0;
        if (words.length > 0) {
            code = GuestRun.run(report, words[0], GuestArguments.decode(words, 1));
        }
        report.exit(code);
        report.close();
    }
}
