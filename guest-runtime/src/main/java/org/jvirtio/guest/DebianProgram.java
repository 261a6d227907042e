package org.jvirtio.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jvirtio.EnvironmentException;

/**
 * A program of Debian's for an image: from this system if it is installed here, otherwise with what
 * it depends on from packages that are unpacked into the {@link GuestCache}.
 *
 * @param name for the cache and for messages
 * @param packages that have the program and what it loads at run-time
 */
public record DebianProgram(String name, List<String> packages) {

    private static final String PREFIX = "packages-";

    public DebianProgram {
        packages = List.copyOf(packages);
    }

    /**
     * The file at {@code path} below the root of a Debian system, as one of an image.
     *
     * @throws EnvironmentException if the packages cannot be had, with the reason
     */
    public ImageFile file(GuestCache cache, String path) {
        Path stage = cache.entry(PREFIX + name, this::unpack);
        for (Path root : List.of(stage, Path.of("/"))) {
            if (Files.isReadable(root.resolve(path))) {
                return new ImageFile(root.resolve(path), path, Optional.of(stage));
            }
        }
        throw new EnvironmentException(
                "fetching "
                        + name
                        + ": neither this system nor the packages in "
                        + stage
                        + " have /"
                        + path
                        + ". Delete that directory and try again, or install "
                        + String.join(" ", packages)
                        + ".");
    }

    private void unpack(Path directory) throws IOException {
        AptPackages apt =
                new AptPackages(
                        "fetching " + name,
                        "Run 'apt-get update' as root if the package lists are old or missing, or"
                                + " install it: apt install "
                                + String.join(" ", packages));
        apt.unpack(apt.notInstalled(packages), directory);
    }
}
