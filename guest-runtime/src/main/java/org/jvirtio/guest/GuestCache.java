package org.jvirtio.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jvirtio.EnvironmentException;

/**
 * The directory that holds kernels and images between runs. Everything in it can be made again, so
 * deleting it is always right. An entry appears whole or not at all.
 */
public final class GuestCache {

    private final Path directory;

    public GuestCache(Path directory) {
        this.directory = directory;
    }

    /** {@code jvirtio} below {@code $XDG_CACHE_HOME} or {@code ~/.cache}. */
    public static GuestCache ofUser() {
        String base = System.getenv("XDG_CACHE_HOME");
        Path parent =
                base == null || base.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(base);
        return new GuestCache(parent.resolve("jvirtio"));
    }

    /** Fills an empty directory; it becomes an entry when this returns. */
    interface Filling {
        void fill(Path directory) throws IOException;
    }

    /** The entry of this name, made now if there is none. */
    Path entry(String name, Filling filling) {
        Path entry = directory.resolve(name);
        if (Files.isDirectory(entry)) {
            return entry;
        }
        try {
            Files.createDirectories(directory);
            Path unfinished = Files.createTempDirectory(directory, "unfinished-");
            try {
                filling.fill(unfinished);
                publish(unfinished, entry);
            } finally {
                deleteTree(unfinished);
            }
        } catch (IOException e) {
            throw new EnvironmentException(
                    "writing the guest cache "
                            + directory
                            + ": "
                            + e
                            + ". Make room there, or name another place in XDG_CACHE_HOME.",
                    e);
        }
        return entry;
    }

    /** Another process may have made the same entry meanwhile: then that one is kept. */
    private static void publish(Path unfinished, Path entry) throws IOException {
        try {
            Files.move(unfinished, entry);
        } catch (IOException e) {
            if (!Files.isDirectory(entry)) {
                throw e;
            }
        }
    }

    /** Entries whose names begin so, newest first. */
    List<Path> entries(String prefix) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(directory)) {
            all.filter(entry -> entry.getFileName().toString().startsWith(prefix))
                    .forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException("listing the guest cache " + directory, e);
        }
        found.sort(Comparator.comparing((Path entry) -> entry.toFile().lastModified()).reversed());
        return found;
    }

    /** Deletes all entries whose names begin so but the newest {@code count}. */
    void keepNewest(String prefix, int count) {
        List<Path> found = entries(prefix);
        for (int i = count; i < found.size(); i++) {
            deleteTree(found.get(i));
        }
    }

    /** Deletes a directory and what is in it; what cannot be deleted stays. */
    static void deleteTree(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + tree, e);
        }
    }
}
