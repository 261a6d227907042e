package org.jvirtio.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The Java run-time in the image: that of the JVM this runs on, cut down by {@code jlink} to the
 * modules that the class path needs.
 */
final class JavaRuntime {

    /**
     * jffi needs two besides java.base: it logs, and it moves bytes with Unsafe. The last serves
     * HTTP from inside a guest, in 0.1 MB.
     */
    static final Set<String> MODULES =
            Set.of("java.base", "java.logging", "jdk.unsupported", "jdk.httpserver");

    private static final String REMEDY =
            "Run this with a JDK of version 17 or newer, not a JRE, that has these modules.";

    /** What jlink adds and a guest never opens. */
    private static final List<String> UNUSED =
            List.of(
                    "bin/keytool",
                    "legal",
                    "lib/jexec",
                    "lib/jrt-fs.jar",
                    "lib/libjsig.so",
                    "lib/server/libjsig.so");

    private JavaRuntime() {}

    /** Makes {@code jre/} and the system libraries it needs below {@code root}. */
    static void build(Path root, Set<String> modules) throws IOException {
        Path jre = root.resolve("jre");
        Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
        // Not compressed here: the whole image is, and class loading in the guest stays cheap.
        Command.run(
                "making a Java run-time for the guest",
                REMEDY,
                root,
                List.of(
                        jlink.toString(),
                        "--add-modules",
                        String.join(",", new TreeSet<>(modules)),
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        jre.toString()));
        for (String name : UNUSED) {
            GuestCache.deleteTree(jre.resolve(name));
        }
        try (Stream<Path> files = Files.walk(jre)) {
            SharedLibraries.copy(
                    files.filter(file -> isNative(file.getFileName().toString())).toList(), root);
        }
    }

    private static boolean isNative(String name) {
        return name.equals("java") || name.endsWith(".so");
    }
}
