package org.jvirtio.dump;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jvirtio.EnvironmentException;

/**
 * The text of {@code lspci -x}, {@code -xxx} or {@code -xxxx}, with or without {@code -v}.
 *
 * <pre>
 *   00:05.0 SCSI storage controller: ...       a function starts
 *           Control: I/O+ Mem+ ...             ignored
 *   00: f4 1a 01 10 07 00 10 00 ...            16 bytes at this offset
 * </pre>
 */
final class DumpText {

    private static final Pattern FUNCTION =
            Pattern.compile(
                    "((?:\\p{XDigit}{4,8}:)?\\p{XDigit}{2}:\\p{XDigit}{2}\\.[0-7])(?:\\s.*)?");
    private static final Pattern BYTES = Pattern.compile("(\\p{XDigit}{2,3}): ?(.*)");
    private static final Pattern BYTE = Pattern.compile("\\p{XDigit}{2}");

    private static final int LONGEST = 4096;

    private final String name;
    private final List<Entry> entries = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private String address = "";
    private int line;

    /** One function of the text. */
    static final class Entry {

        private final String address;
        private final byte[] bytes;

        Entry(String address, byte[] bytes) {
            this.address = address;
            this.bytes = bytes;
        }

        String address() {
            return address;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    private DumpText(String name) {
        this.name = name;
    }

    static List<Entry> parse(String name, String text) {
        DumpText parser = new DumpText(name);
        for (String line : text.lines().toList()) {
            parser.line++;
            parser.take(line.stripTrailing());
        }
        parser.finish();
        if (parser.entries.isEmpty()) {
            throw parser.malformed("there is no line that starts with an address");
        }
        return parser.entries;
    }

    private void take(String text) {
        Matcher function = FUNCTION.matcher(text);
        if (function.matches()) {
            finish();
            address = function.group(1);
            return;
        }
        Matcher dumped = BYTES.matcher(text);
        if (dumped.matches()) {
            takeBytes(Integer.parseInt(dumped.group(1), 16), dumped.group(2));
        }
    }

    private void takeBytes(int offset, String values) {
        if (address.isEmpty()) {
            throw malformed("bytes come before any line that starts with an address");
        }
        if (offset != bytes.size()) {
            throw malformed(
                    String.format(
                            "bytes at offset 0x%x, but 0x%x comes next", offset, bytes.size()));
        }
        for (String value : values.split(" ", -1)) {
            if (!BYTE.matcher(value).matches()) {
                throw malformed("'" + value + "' is not a byte of two hexadecimal digits");
            }
            bytes.write(Integer.parseInt(value, 16));
        }
        if (bytes.size() > LONGEST) {
            throw malformed("more than " + LONGEST + " bytes for one function");
        }
    }

    private void finish() {
        if (address.isEmpty()) {
            return;
        }
        if (!DumpFile.isConfigLength(bytes.size())) {
            throw malformed(
                    String.format(
                            "function %s ends after %d bytes, not 64, 256 or 4096",
                            address, bytes.size()));
        }
        entries.add(new Entry(address, bytes.toByteArray()));
        bytes.reset();
    }

    private EnvironmentException malformed(String found) {
        return new EnvironmentException(
                String.format(
                        "reading %s, line %d: %s. Save it again with lspci -xxx.",
                        name, line, found));
    }
}
