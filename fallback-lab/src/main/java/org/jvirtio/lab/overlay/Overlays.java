package org.jvirtio.lab.overlay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jvirtio.EnvironmentException;

/** The ready overlays, and those in files. */
public final class Overlays {

    private static final String SUFFIX = ".overlay";

    /** More than anybody writes by hand. */
    private static final long LONGEST = 1 << 20;

    private Overlays() {}

    /** The names of the ready ones. */
    public static List<String> names() {
        return resource("catalogue.txt").lines().toList();
    }

    /** A ready one by its name, or else one from a file. */
    public static Overlay find(String nameOrFile) {
        return names().contains(nameOrFile) ? ready(nameOrFile) : file(nameOrFile);
    }

    /** The text of a ready one, or of a file. */
    public static String text(String nameOrFile) {
        return names().contains(nameOrFile)
                ? resource(nameOrFile + SUFFIX)
                : read(Path.of(nameOrFile));
    }

    /** One of {@link #names}. */
    public static Overlay ready(String name) {
        return OverlayText.parse(name, resource(name + SUFFIX));
    }

    private static Overlay file(String file) {
        return OverlayText.parse(file, read(Path.of(file)));
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > LONGEST) {
                throw new EnvironmentException(
                        String.format(
                                "Reading overlay %s: it has %d bytes, which is no overlay. Name"
                                        + " another file.",
                                file, Files.size(file)));
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new EnvironmentException(
                    String.format(
                            "Reading overlay %s: %s. Name a file that can be read, or one of %s.",
                            file, e, String.join(", ", names())),
                    e);
        }
    }

    private static String resource(String name) {
        try (InputStream resource = Overlays.class.getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException cause) {
            throw new UncheckedIOException("reading " + name + " from the lab's jar", cause);
        }
    }
}
