package org.jvirtio.cli.bench;

import java.util.Locale;
import org.jvirtio.cli.UsageException;

/** The two formats of a virtqueue (virtio 1.4 sections 2.7 and 2.8). */
enum RingFormat {
    SPLIT,
    PACKED;

    static RingFormat parse(String word) {
        try {
            return valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "choosing a ring: there is no '" + word + "'. Use --ring split,packed.");
        }
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
