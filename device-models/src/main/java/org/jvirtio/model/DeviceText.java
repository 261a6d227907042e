package org.jvirtio.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * {@code kind,option=value,...} taken apart. Each option is asked for once; what nobody asked for
 * is an error.
 */
final class DeviceText {

    private static final int SECTOR = 512;

    /** No argument of a program holds it. */
    private static final String COMMA = "\0";

    private final String whole;
    private final String kind;
    private final Map<String, String> options;
    private final TreeSet<String> known = new TreeSet<>();

    private DeviceText(String whole, String kind, Map<String, String> options) {
        this.whole = whole;
        this.kind = kind;
        this.options = options;
    }

    static DeviceText parse(String whole) {
        // A doubled comma stands for itself, as in QEMU's options.
        String[] parts = whole.replace(",,", COMMA).split(",", -1);
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException(
                        String.format(
                                "reading '%s': '%s' is no option. Write option=value.",
                                whole, parts[i]));
            }
            String name = parts[i].substring(0, equals);
            if (options.put(name, parts[i].substring(equals + 1).replace(COMMA, ",")) != null) {
                throw new IllegalArgumentException(
                        String.format(
                                "reading '%s': option '%s' is there twice. Keep one of them.",
                                whole, name));
            }
        }
        return new DeviceText(whole, parts[0], options);
    }

    String kind() {
        return kind;
    }

    String text(String option, String otherwise) {
        known.add(option);
        return options.getOrDefault(option, otherwise);
    }

    boolean flag(String option, boolean otherwise) {
        String value = text(option, otherwise ? "on" : "off");
        return switch (value) {
            case "on", "yes", "true" -> true;
            case "off", "no", "false" -> false;
            default -> throw bad(option, value, "Use on or off.");
        };
    }

    /** One of some words; the first is meant where none is said. */
    String choice(String option, String... words) {
        String value = text(option, words[0]);
        if (!List.of(words).contains(value)) {
            throw bad(option, value, "Use one of " + String.join(", ", words) + ".");
        }
        return value;
    }

    /** A whole number of 0 to 999999999. */
    long number(String option, long otherwise) {
        String value = text(option, null);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("[0-9]{1,9}")) {
            throw bad(option, value, "Use a whole number of up to 9 digits.");
        }
        return Long.parseLong(value);
    }

    /** Bytes, a multiple of 512, with K, M or G for powers of 1024. */
    long size(String option, long otherwise) {
        String value = text(option, null);
        if (value == null) {
            return otherwise;
        }
        String upper = value.toUpperCase(Locale.ROOT);
        int unit = upper.isEmpty() ? -1 : "KMG".indexOf(upper.charAt(upper.length() - 1));
        String digits = unit < 0 ? upper : upper.substring(0, upper.length() - 1);
        if (!digits.matches("[0-9]{1,9}")) {
            throw bad(option, value, "Use a number of bytes, or one with K, M or G.");
        }
        long bytes = Long.parseLong(digits) << (10 * (unit + 1));
        if (bytes % SECTOR != 0) {
            throw bad(option, value, "Use a multiple of 512 bytes.");
        }
        return bytes;
    }

    void requireAllUsed() {
        for (String option : options.keySet()) {
            if (!known.contains(option)) {
                throw new IllegalArgumentException(
                        String.format(
                                "reading '%s': %s has no option '%s'. Use one of %s.",
                                whole, kind, option, String.join(", ", known)));
            }
        }
    }

    private IllegalArgumentException bad(String option, String value, String next) {
        return new IllegalArgumentException(
                String.format("reading '%s': %s is '%s'. %s", whole, option, value, next));
    }
}
