package org.jvirtio.learn;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Text files that are part of the lessons jar. */
public final class Resources {

    private Resources() {}

    /** Reads one; {@code name} is its path below {@code org/jvirtio/learn}. */
    public static String text(String name) {
        try (InputStream stream = Resources.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalArgumentException("the lessons jar has no file " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException cause) {
            throw new UncheckedIOException("reading " + name + " from the lessons jar", cause);
        }
    }
}
