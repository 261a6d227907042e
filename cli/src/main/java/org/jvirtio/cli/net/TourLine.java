package org.jvirtio.cli.net;

import java.io.PrintStream;
import java.util.Base64;
import org.jvirtio.cli.Check;

/**
 * What the guest tells the host, line by line: a word, then fields with tabs between.
 *
 * <pre>
 *   check TAB true TAB what TAB seen      something was verified, or was not
 *   ready                                 the guest's HTTP server is listening
 *   pcap TAB base64                       the next bytes of our capture
 * </pre>
 */
final class TourLine {

    static final String READY = "ready";
    static final String CHECK = "check";
    static final String PCAP = "pcap";
    static final String TAB = "\t";

    private static final int PCAP_BYTES = 3 << 10;

    private TourLine() {}

    static void check(PrintStream out, String what, boolean ok, String seen) {
        out.println(String.join(TAB, CHECK, String.valueOf(ok), what, seen.replace('\n', ' ')));
        out.flush();
    }

    static Check check(String line) {
        String[] fields = line.split(TAB, 4);
        return new Check(fields[2], Boolean.parseBoolean(fields[1]), fields[3]);
    }

    static void pcap(PrintStream out, byte[] capture) {
        for (int at = 0; at < capture.length; at += PCAP_BYTES) {
            int end = Math.min(capture.length, at + PCAP_BYTES);
            byte[] part = java.util.Arrays.copyOfRange(capture, at, end);
            out.println(PCAP + TAB + Base64.getEncoder().encodeToString(part));
        }
        out.flush();
    }

    static byte[] pcap(String line) {
        return Base64.getDecoder().decode(line.substring(line.indexOf(TAB) + 1));
    }
}
