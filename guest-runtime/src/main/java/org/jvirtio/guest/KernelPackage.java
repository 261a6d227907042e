package org.jvirtio.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jvirtio.EnvironmentException;

/**
 * Debian's kernel for virtual machines as a guest kernel: the package is downloaded and unpacked
 * into the {@link GuestCache}, never installed. Needs {@code apt-get} and {@code dpkg-deb}, no root
 * rights. A kernel that is in the cache is used without asking apt for a newer one.
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

    GuestKernel fetch() {
        List<Path> cached = cache.entries(PREFIX);
        if (!cached.isEmpty()) {
            return unpacked(cached.get(0));
        }
        String name = realPackage(apt(List.of("apt-cache", "depends", META_PACKAGE)));
        String version = version(apt(List.of("apt-cache", "show", "--no-all-versions", name)));
        String entry = PREFIX + name + "_" + version.replaceAll("[^A-Za-z0-9.+~-]", "_");
        return unpacked(cache.entry(entry, directory -> download(name, directory)));
    }

    private static String apt(List<String> command) {
        return Command.run(DOING, REMEDY, Path.of("/"), command);
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

    private static void download(String name, Path directory) throws IOException {
        // apt as root drops to a user that may not write here; this keeps it as it is.
        Command.run(
                DOING,
                REMEDY,
                directory,
                List.of("apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", name));
        Path archive = only(directory, ".deb");
        Command.run(
                DOING,
                "The download is damaged: try again.",
                directory,
                List.of("dpkg-deb", "-x", archive.toString(), directory.toString()));
        Files.delete(archive);
    }

    private static GuestKernel unpacked(Path directory) {
        try {
            Path image = only(directory.resolve("boot"), "");
            String release = image.getFileName().toString().replaceFirst("^vmlinuz-", "");
            return GuestKernel.of(image, directory.resolve("lib/modules").resolve(release));
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

    /** The kernel image, or the file that ends so. */
    private static Path only(Path directory, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> {
                                String name = file.getFileName().toString();
                                return suffix.isEmpty()
                                        ? name.startsWith("vmlinuz-")
                                        : name.endsWith(suffix);
                            })
                    .findFirst()
                    .orElseThrow(() -> new IOException("no kernel in " + directory));
        }
    }
}
