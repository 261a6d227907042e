package org.jvirtio.cli.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Shorter limits while something runs: some faults are waits that never end, and models answer at
 * once. A limit that the user has set stays.
 */
final class ShortWaits {

    private final List<String> shortened = new ArrayList<>();

    private ShortWaits() {}

    static int during(IntSupplier work) {
        ShortWaits waits = new ShortWaits();
        waits.shorten("jvirtio.requestMillis", "1000");
        waits.shorten("jvirtio.resetMillis", "200");
        try {
            return work.getAsInt();
        } finally {
            waits.shortened.forEach(System::clearProperty);
        }
    }

    private void shorten(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
            shortened.add(property);
        }
    }
}
