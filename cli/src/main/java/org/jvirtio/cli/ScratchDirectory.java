package org.jvirtio.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jvirtio.EnvironmentException;

/**
 * A directory of our own for one command; gone when it is closed, also by Ctrl-C. A killed JVM can
 * delete nothing: its directory goes when the next one is made. The kernel tells them apart, by a
 * lock that ends with the process that holds it.
 */
public final class ScratchDirectory implements AutoCloseable {

    private static final String PREFIX = "jvirtio-";
    private static final String LOCK = "lock";

    /** Between making a directory and locking it: not deleted in that moment. */
    private static final long GRACE_MILLIS = 10_000;

    /** Whoever writes into it while it is deleted makes another turn necessary. */
    private static final int TURNS = 10;

    private final Path path;
    private final FileChannel lock;
    private final Thread hook;
    private boolean kept;

    private ScratchDirectory(Path path) throws IOException {
        this.path = path;
        this.lock =
                FileChannel.open(
                        path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        this.hook = new Thread(() -> delete(path), "remove " + path);
        lock.lock();
    }

    /** Below {@code $TMPDIR}, or where Java puts such things. */
    public static ScratchDirectory make() {
        String named = System.getenv().getOrDefault("TMPDIR", "");
        return make(Path.of(named.isEmpty() ? System.getProperty("java.io.tmpdir") : named));
    }

    static ScratchDirectory make(Path parent) {
        try {
            deleteAbandoned(parent);
            // Only its owner can enter: disk images are put there.
            Path path = Files.createTempDirectory(parent, PREFIX);
            ScratchDirectory made = new ScratchDirectory(path);
            Runtime.getRuntime().addShutdownHook(made.hook);
            return made;
        } catch (IOException e) {
            throw unusable("making a temporary directory in " + parent, e);
        }
    }

    /** What to say when something there cannot be read or written. */
    public static EnvironmentException unusable(String doing, IOException cause) {
        return new EnvironmentException(
                doing + ": " + cause + ". Make room there, or name another place in TMPDIR.",
                cause);
    }

    public Path path() {
        return path;
    }

    /** Leaves the directory and what is in it to the user. */
    void keep() {
        Runtime.getRuntime().removeShutdownHook(hook);
        path.resolve(LOCK).toFile().delete(); // or the next run would take it for abandoned
        kept = true;
    }

    @Override
    public void close() {
        if (kept) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // The JVM is going down, and the hook does it.
        }
        delete(path);
        closeQuietly(lock);
    }

    private static void deleteAbandoned(Path parent) throws IOException {
        List<Path> all;
        try (Stream<Path> entries = Files.list(parent)) {
            all =
                    entries.filter(entry -> entry.getFileName().toString().startsWith(PREFIX))
                            .toList();
        }
        long now = System.currentTimeMillis();
        for (Path directory : all) {
            Path lock = directory.resolve(LOCK);
            long age = now - lock.toFile().lastModified();
            if (Files.isWritable(lock) && age > GRACE_MILLIS && isAbandoned(lock)) {
                delete(directory);
            }
        }
    }

    private static boolean isAbandoned(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException | IOException e) {
            return false; // It is this process's own, or somebody else's.
        }
    }

    private static void delete(Path tree) {
        for (int turn = 0; turn < TURNS && Files.exists(tree); turn++) {
            deleteOnce(tree);
        }
    }

    private static void deleteOnce(Path tree) {
        try (Stream<Path> all = Files.walk(tree)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            return; // A file went away during the walk: the next turn finds the rest.
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            return; // Nothing was written to it.
        }
    }
}
