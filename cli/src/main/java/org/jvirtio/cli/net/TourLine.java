package org.jvirtio.cli.net;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.Check;

/**
 * What the guest tells the host, line by line: a word, then fields with tabs between.
 *
 * <pre>
 *   check TAB true TAB what TAB seen      something was verified, or was not
 *   ready                                 the guest's HTTP server is listening
 *   pcap TAB base64                       the next bytes of our capture, which is packed by gzip
 * </pre>
 */
final class TourLine {

    static final String READY = "ready";
    static final String CHECK = "check";
    static final String PCAP = "pcap";
    static final String TAB = "\t";

    private static final int FIELDS = 4;
    private static final int PCAP_BYTES = 768;

    private TourLine() {}

    static void check(PrintStream out, String what, boolean ok, String seen) {
        String line = seen.replace('\n', ' ').replace('\t', ' ');
        out.println(String.join(TAB, CHECK, String.valueOf(ok), what, line));
        out.flush();
    }

    /** A line that lost bytes on its way, or its end, is a check that failed. */
    static Check check(String line) {
        String[] fields = line.split(TAB, -1);
        return fields.length == FIELDS
                ? new Check(fields[2], Boolean.parseBoolean(fields[1]), fields[3])
                : new Check("every line of the guest arrives whole", false, line);
    }

    /** Packed: QEMU's serial port drops what a busy host does not take in time. */
    static void pcap(PrintStream out, byte[] capture) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(capture);
        }
        byte[] bytes = packed.toByteArray();
        for (int at = 0; at < bytes.length; at += PCAP_BYTES) {
            byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + PCAP_BYTES));
            out.println(PCAP + TAB + Base64.getEncoder().encodeToString(part));
        }
        out.flush();
    }

    /** The capture of all its lines. */
    static byte[] unpack(List<String> lines) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try {
            for (String line : lines) {
                packed.writeBytes(
                        Base64.getDecoder().decode(line.substring(line.indexOf(TAB) + 1)));
            }
            return new GZIPInputStream(new ByteArrayInputStream(packed.toByteArray()))
                    .readAllBytes();
        } catch (IllegalArgumentException | IOException e) {
            throw new EnvironmentException(
                    "reading the guest's capture: "
                            + e.getMessage()
                            + ". Its serial port lost bytes; run it again on a machine less busy.",
                    e);
        }
    }
}
