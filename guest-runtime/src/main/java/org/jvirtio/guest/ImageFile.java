package org.jvirtio.guest;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A program, or a file it needs, that lies in an image besides the JVM.
 *
 * @param source on this host
 * @param path in the guest, relative to its root
 * @param libraries for a program that is linked dynamically: the directory that its packages were
 *     unpacked into, where its libraries are looked for before this system's own
 */
public record ImageFile(Path source, String path, Optional<Path> libraries) {

    public ImageFile {
        if (path.isEmpty() || path.startsWith("/") || path.contains("..")) {
            throw new IllegalArgumentException(
                    "placing " + source + " in an image: '" + path + "' is no path below its root");
        }
    }

    /** A file that needs no libraries: data, or a program that is linked statically. */
    public static ImageFile alone(Path source, String path) {
        return new ImageFile(source, path, Optional.empty());
    }
}
