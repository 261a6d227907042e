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

    private static final String UNFINISHED = "unfinished-";
    private static final long ABANDONED_MILLIS = 60 * 60 * 1000;

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
        scratch(
                unfinished -> {
                    filling.fill(unfinished);
                    publish(unfinished, entry);
                });
        return entry;
    }

    /** A directory that is filled, used, and gone when this returns. */
    void scratch(Filling filling) {
        try {
            Files.createDirectories(directory);
            forgetAbandoned();
            fill(filling);
        } catch (IOException e) {
            throw unusable("writing", e);
        }
    }

    private void fill(Filling filling) throws IOException {
        Path unfinished = Files.createTempDirectory(directory, UNFINISHED);
        Thread removal = new Thread(() -> deleteTree(unfinished), "remove " + unfinished);
        Runtime.getRuntime().addShutdownHook(removal); // for Ctrl-C, which unwinds nothing
        try {
            filling.fill(unfinished);
        } finally {
            deleteTree(unfinished);
            forget(removal);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // The JVM is shutting down: the hook has its turn now.
        }
    }

    /** What a killed JVM left. Making an entry takes seconds, or minutes with a slow mirror. */
    private void forgetAbandoned() {
        long limit = System.currentTimeMillis() - ABANDONED_MILLIS;
        for (Path unfinished : entries(UNFINISHED)) {
            if (unfinished.toFile().lastModified() < limit) {
                deleteTree(unfinished);
            }
        }
    }

    private EnvironmentException unusable(String doing, IOException cause) {
        return new EnvironmentException(
                doing
                        + " the guest cache "
                        + directory
                        + ": "
                        + cause
                        + ". Make room and give yourself the right there, or name another place in"
                        + " XDG_CACHE_HOME.",
                cause);
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
            throw unusable("listing", e);
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
        } catch (IOException | UncheckedIOException e) {
            return; // Some directory in it cannot be listed, and so stays.
        }
    }
}
