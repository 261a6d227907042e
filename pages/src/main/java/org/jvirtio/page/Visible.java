package org.jvirtio.page;

import java.util.List;

/**
 * Text that may hold what a device put in, made harmless: whatever a terminal, a parser or a
 * reader's eye could obey is shown as an escape instead.
 *
 * <p>A serial number may hold an escape sequence, a line feed that begins a forged result line, a
 * character that XML cannot hold, or one that turns the direction of writing.
 */
public final class Visible {

    private Visible() {}

    /** One line: a line feed becomes {@code \n}, an escape {@code \x1b}. */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(line, point));
        return line.toString();
    }

    /** The lines of a longer text, each harmless. */
    public static List<String> lines(String text) {
        return text.lines().map(Visible::line).toList();
    }

    private static void append(StringBuilder line, int point) {
        if (!isObeyed(point)) {
            line.appendCodePoint(point);
        } else if (point == '\n') {
            line.append("\\n");
        } else if (point <= 0xff) {
            line.append(String.format("\\x%02x", point));
        } else {
            line.append(String.format("\\u{%x}", point));
        }
    }

    private static boolean isObeyed(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }
}
