package org.jvirtio.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The system's shared libraries that the JVM needs, and the loader that finds them, copied under
 * the path they have on this machine: the loader's built-in search path is right for them.
 */
final class SharedLibraries {

    private SharedLibraries() {}

    /** Copies what the given programs and libraries need into the tree below {@code root}. */
    static void copy(List<Path> programs, Path root) throws IOException {
        List<String> command = new ArrayList<>(List.of("ldd"));
        programs.forEach(program -> command.add(program.toString()));
        String output =
                Command.run(
                        "finding the shared libraries of the JVM",
                        "Use a JVM that is linked dynamically against this system's libraries.",
                        root,
                        command);
        for (Path library : outside(parse(output), root)) {
            Path target =
                    root.resolve(
                            "/".equals(library.toString()) ? "" : library.toString().substring(1));
            Files.createDirectories(target.getParent());
            Files.copy(library, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Set<Path> outside(Set<Path> libraries, Path root) {
        Set<Path> outside = new TreeSet<>(libraries);
        outside.removeIf(library -> library.startsWith(root));
        return outside;
    }

    /**
     * Absolute paths in what {@code ldd} prints. Its lines are {@code name => path (address)},
     * {@code path (address)} for the loader, {@code name => not found}, and {@code program:} before
     * each program when there are several.
     */
    static Set<Path> parse(String output) {
        Set<Path> paths = new TreeSet<>();
        for (String line : output.split("\n", -1)) {
            int address = line.lastIndexOf(" (0x");
            if (line.startsWith("\t") && address > 0) {
                int arrow = line.indexOf("=> ");
                String path = line.substring(arrow < 0 ? 1 : arrow + 3, address);
                if (path.startsWith("/")) {
                    paths.add(Path.of(path));
                }
            }
        }
        return paths;
    }
}
