package org.jvirtio.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jvirtio.EnvironmentException;

/**
 * The system's shared libraries that a program needs, and the loader that finds them, copied under
 * the path they have on this machine: the loader's built-in search path is right for them.
 */
final class SharedLibraries {

    private SharedLibraries() {}

    /** Copies what the JVM's own programs and libraries need into the tree below {@code root}. */
    static void copy(List<Path> programs, Path root) throws IOException {
        List<String> command = new ArrayList<>(List.of("ldd"));
        programs.forEach(program -> command.add(program.toString()));
        String output =
                Command.run(
                        "finding the shared libraries of the JVM",
                        "Use a JVM that is linked dynamically against this system's libraries.",
                        root,
                        command);
        for (Path library : parse(output)) {
            if (!library.startsWith(root)) {
                place(library, Path.of("/"), root);
            }
        }
    }

    /** Copies what one program needs, looking in the packages unpacked in {@code stage} first. */
    static void copy(Path program, Path stage, Path root) throws IOException {
        String doing = "finding the shared libraries of " + program;
        String remedy = "Delete " + stage + " and try again: it was unpacked for another system.";
        String output =
                Command.run(
                        doing,
                        remedy,
                        root,
                        List.of(
                                "env",
                                "LD_LIBRARY_PATH=" + searchPath(stage),
                                "ldd",
                                program.toString()));
        requireAll(output, doing, remedy);
        for (Path library : parse(output)) {
            place(library, library.startsWith(stage) ? stage : Path.of("/"), root);
        }
    }

    private static void place(Path library, Path base, Path root) throws IOException {
        Path target = root.resolve(base.relativize(library).toString());
        Files.createDirectories(target.getParent());
        Files.copy(library, target, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Every directory of {@code stage} that holds a library. */
    private static String searchPath(Path stage) throws IOException {
        try (Stream<Path> files = Files.walk(stage)) {
            return files.filter(file -> file.getFileName().toString().contains(".so"))
                    .map(file -> file.getParent().toString())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(":"));
        }
    }

    private static void requireAll(String output, String doing, String remedy) {
        String missing = " => not found";
        for (String line : output.split("\n", -1)) {
            if (line.endsWith(missing)) {
                String name = line.substring(0, line.length() - missing.length()).strip();
                throw new EnvironmentException(doing + ": there is no " + name + ". " + remedy);
            }
        }
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
