package org.jvirtio.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.EnvironmentException;

/**
 * A program of Debian's for an image: from this system if it is installed here, otherwise with what
 * it depends on from packages that are unpacked into the {@link GuestCache}.
 *
 * @param name for the cache and for messages
 * @param packages that have the program and what it loads at run-time
 * @param alone more such packages, of which nothing that they depend on is wanted
 */
public record DebianProgram(String name, List<String> packages, List<String> alone) {

    private static final String PREFIX = "packages-";

    public DebianProgram {
        packages = List.copyOf(packages);
        alone = List.copyOf(alone);
    }

    public DebianProgram(String name, List<String> packages) {
        this(name, packages, List.of());
    }

    /**
     * What a package depends on, for programs whose libraries have their version in their name.
     *
     * @throws EnvironmentException if there is no apt, or it does not know the package
     */
    public static List<String> dependencies(String packageName) {
        return apt(packageName, packageName).dependencies(packageName);
    }

    /**
     * The file at {@code path} below the root of a Debian system, as one of an image.
     *
     * @throws EnvironmentException if the packages cannot be had, with the reason
     */
    public ImageFile file(GuestCache cache, String path) {
        Path stage = cache.entry(PREFIX + name, this::unpack);
        for (Path root : List.of(stage, Path.of("/"))) {
            Path file = root.resolve(path);
            if (Files.isReadable(file)) {
                requireLibraries(file, stage);
                return new ImageFile(file, path, Optional.of(stage));
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

    /** Told here, while the program can still be done without. */
    private void requireLibraries(Path file, Path stage) {
        try {
            SharedLibraries.of(file, stage);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "fetching " + name + ": " + e + ". Delete " + stage + " and try again.", e);
        }
    }

    private void unpack(Path directory) throws IOException {
        AptPackages apt = apt(name, String.join(" ", packages));
        List<String> all = new ArrayList<>(alone);
        all.addAll(apt.notInstalled(packages));
        apt.unpack(all, directory);
    }

    private static AptPackages apt(String name, String packages) {
        return new AptPackages(
                "fetching " + name,
                "Run 'apt-get update' as root if the package lists are old or missing, or install"
                        + " it: apt install "
                        + packages);
    }
}
