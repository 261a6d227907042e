package org.jvirtio.pci;

/**
 * One field of the decoded configuration space.
 *
 * @param value for JSON: {@code true} and {@code false} for a flag
 * @param text as lspci prints it: {@code Enable+}, {@code Count=2}, {@code Width x1}
 */
record DecodedField(String name, String value, String text) {

    static DecodedField flag(String name, boolean on) {
        return new DecodedField(name, String.valueOf(on), name + (on ? "+" : "-"));
    }

    static DecodedField equal(String name, Object value) {
        return new DecodedField(name, value.toString(), name + "=" + value);
    }

    /** Eight or more hexadecimal digits. */
    static DecodedField hex(String name, int digits, long value) {
        return equal(name, String.format("%0" + digits + "x", value));
    }

    static DecodedField words(String name, Object value) {
        return new DecodedField(name, value.toString(), name + " " + value);
    }

    /** A value that says by itself what it is. */
    static DecodedField plain(String name, Object value) {
        return new DecodedField(name, value.toString(), value.toString());
    }

    /** The same, followed by a comma or semicolon. */
    DecodedField then(String separator) {
        return new DecodedField(name, value, text + separator);
    }
}
