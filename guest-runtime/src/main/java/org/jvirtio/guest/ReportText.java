package org.jvirtio.guest;

import java.io.ByteArrayOutputStream;

/**
 * Bytes as one line of the report channel: printable ASCII and everything from 0x80 stand for
 * themselves, {@code \n}, {@code \r}, {@code \t} and {@code \\} are written so, any other control
 * byte is {@code \x} and two hexadecimal digits.
 *
 * <p>A terminal sits between the two ends and adds carriage returns to line ends, so neither may
 * stand in a line by itself.
 */
final class ReportText {

    private static final String HEX = "0123456789abcdef";

    private ReportText() {}

    /** Appends {@code length} bytes in their escaped form to {@code line}. */
    static void escape(byte[] bytes, int offset, int length, ByteArrayOutputStream line) {
        for (int i = offset; i < offset + length; i++) {
            int b = bytes[i] & 0xff;
            if (b == '\\') {
                pair(line, '\\');
            } else if (b >= 0x20 && b != 0x7f) {
                line.write(b);
            } else {
                escapeControl(b, line);
            }
        }
    }

    private static void escapeControl(int b, ByteArrayOutputStream line) {
        switch (b) {
            case '\n' -> pair(line, 'n');
            case '\r' -> pair(line, 'r');
            case '\t' -> pair(line, 't');
            default -> {
                pair(line, 'x');
                line.write(HEX.charAt(b >> 4));
                line.write(HEX.charAt(b & 0xf));
            }
        }
    }

    private static void pair(ByteArrayOutputStream line, char letter) {
        line.write('\\');
        line.write(letter);
    }

    /**
     * The bytes that {@code text} stands for. Each char of it is one byte, 0 to 255. A backslash
     * that begins no escape stands for itself, so that a damaged line loses as little as possible.
     */
    static byte[] unescape(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int at = 0;
        while (at < text.length()) {
            at += text.charAt(at) == '\\' ? unescapePair(text, at, bytes) : plain(text, at, bytes);
        }
        return bytes.toByteArray();
    }

    private static int plain(String text, int at, ByteArrayOutputStream bytes) {
        bytes.write(text.charAt(at));
        return 1;
    }

    /** Returns how many chars the escape took. */
    private static int unescapePair(String text, int at, ByteArrayOutputStream bytes) {
        char letter = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        int simple = "nrt\\".indexOf(letter);
        if (simple >= 0 && letter != 0) {
            bytes.write("\n\r\t\\".charAt(simple));
            return 2;
        }
        if (letter == 'x' && at + 3 < text.length()) {
            int high = Character.digit(text.charAt(at + 2), 16);
            int low = Character.digit(text.charAt(at + 3), 16);
            if (high >= 0 && low >= 0) {
                bytes.write(high << 4 | low);
                return 4;
            }
        }
        return plain(text, at, bytes);
    }
}
