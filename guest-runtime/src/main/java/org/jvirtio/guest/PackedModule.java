package org.jvirtio.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A kernel module that its distribution compressed: {@code .ko.xz} as Debian from 13 on, {@code
 * .ko.zst} as Ubuntu from 24.04 on. It is unpacked once, by the program that packed it: Java reads
 * neither format, and whoever installed such a kernel has the program.
 */
final class PackedModule {

    private static final Map<String, String> PROGRAMS = Map.of(".ko.xz", "xz", ".ko.zst", "zstd");

    private static final String PREFIX = "module-";

    private PackedModule() {}

    /** Whether a file's name is that of one. */
    static boolean is(String name) {
        return PROGRAMS.keySet().stream().anyMatch(name::endsWith);
    }

    /** The file that it was made of, in {@code cache}. */
    static Path unpacked(Path packed, GuestCache cache) {
        String name = packed.getFileName().toString();
        String plain = name.substring(0, name.lastIndexOf('.'));
        return cache.entry(entry(packed, plain), directory -> unpack(packed, directory))
                .resolve(plain);
    }

    private static void unpack(Path packed, Path directory) throws IOException {
        String name = packed.getFileName().toString();
        Files.copy(packed, directory.resolve(name));
        Command.run(
                "unpacking the kernel module " + packed,
                "Install the program: apt-get install xz-utils zstd.",
                directory,
                List.of(PROGRAMS.get(name.substring(name.lastIndexOf(".ko"))), "-d", "-q", name));
    }

    /** One per file and its state, so that a kernel of another day gets its own. */
    private static String entry(Path packed, String plain) {
        try {
            return String.format(
                    "%s%s-%08x-%x-%x",
                    PREFIX,
                    plain,
                    packed.toAbsolutePath().toString().hashCode(),
                    Files.size(packed),
                    Files.getLastModifiedTime(packed).toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException("looking at " + packed, e);
        }
    }
}
