package org.jvirtio.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jvirtio.EnvironmentException;

/**
 * Debian's kernel for virtual machines as a guest kernel, unpacked into the {@link GuestCache}. A
 * kernel that is in the cache is used without asking apt for a newer one.
 */
final class KernelPackage {

    private static final String META_PACKAGE = "linux-image-cloud-amd64";
    private static final String PREFIX = "kernel-";
    private static final String DOING = "fetching a guest kernel";
    private static final String REMEDY =
            "Run 'apt-get update' as root if the package lists are old or missing; on other systems"
                    + " than Debian and Ubuntu give a kernel with --kernel and --modules.";

    private final GuestCache cache;

    KernelPackage(GuestCache cache) {
        this.cache = cache;
    }

    /** The kernel, with {@code modules} besides those of VFIO. */
    GuestKernel fetch(List<String> modules) {
        List<Path> cached = cache.entries(PREFIX);
        if (!cached.isEmpty()) {
            return unpacked(cached.get(0), modules);
        }
        AptPackages apt = new AptPackages(DOING, REMEDY);
        String name = realPackage(apt.ask(List.of("apt-cache", "depends", META_PACKAGE)));
        String version = version(apt.ask(List.of("apt-cache", "show", "--no-all-versions", name)));
        String entry = PREFIX + name + "_" + version.replaceAll("[^A-Za-z0-9.+~-]", "_");
        return unpacked(
                cache.entry(entry, directory -> apt.unpack(List.of(name), directory)), modules);
    }

    /** The package that the meta package depends on. */
    static String realPackage(String depends) {
        for (String line : depends.split("\n", -1)) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length == 2
                    && words[0].equals("Depends:")
                    && words[1].startsWith("linux-image-")) {
                return words[1];
            }
        }
        throw new EnvironmentException(
                DOING + ": apt knows no package that " + META_PACKAGE + " stands for. " + REMEDY);
    }

    static String version(String show) {
        for (String line : show.split("\n", -1)) {
            if (line.startsWith("Version:")) {
                return line.substring("Version:".length()).strip();
            }
        }
        throw new EnvironmentException(DOING + ": apt shows no version. " + REMEDY);
    }

    private static GuestKernel unpacked(Path directory, List<String> modules) {
        try {
            Path image = image(directory.resolve("boot"));
            String release = image.getFileName().toString().replaceFirst("^vmlinuz-", "");
            return GuestKernel.of(
                    image, directory.resolve("lib/modules").resolve(release), modules);
        } catch (IOException e) {
            throw new EnvironmentException(
                    DOING
                            + ": "
                            + directory
                            + " is not as the package has it: "
                            + e
                            + ". Delete that directory and try again.",
                    e);
        }
    }

    private static Path image(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("vmlinuz-"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no kernel in " + directory));
        }
    }
}
