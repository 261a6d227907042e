package org.jvirtio.guest;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The most memory this process ever had resident, as proc(5) counts it. */
final class PeakMemory {

    private static final String FIELD = "VmHWM:";

    private PeakMemory() {}

    /** In KiB; 0 where {@code /proc/self/status} does not say. */
    static long kibibytes() throws IOException {
        try (FileInputStream status = new FileInputStream("/proc/self/status")) {
            return parse(new String(status.readAllBytes(), StandardCharsets.US_ASCII));
        }
    }

    static long parse(String status) {
        int at = status.indexOf(FIELD);
        long value = 0;
        for (int i = at + FIELD.length(); at >= 0 && i < status.length(); i++) {
            char c = status.charAt(i);
            if (c >= '0' && c <= '9') {
                value = value * 10 + (c - '0');
            } else if (c == 'k' || c == '\n') {
                break;
            }
        }
        return value;
    }
}
