package org.jvirtio.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory of our own for one command; gone when it is closed, also by Ctrl-C. */
final class ScratchDirectory implements AutoCloseable {

    private final Path path;
    private final Thread hook;
    private boolean kept;

    private ScratchDirectory(Path path) {
        this.path = path;
        this.hook = new Thread(() -> delete(path), "remove " + path);
    }

    static ScratchDirectory make() {
        try {
            // Only its owner can enter: disk images are put there.
            ScratchDirectory made = new ScratchDirectory(Files.createTempDirectory("jvirtio-"));
            Runtime.getRuntime().addShutdownHook(made.hook);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("making a temporary directory", e);
        }
    }

    Path path() {
        return path;
    }

    /** Leaves the directory and what is in it to the user. */
    void keep() {
        Runtime.getRuntime().removeShutdownHook(hook);
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
    }

    private static void delete(Path tree) {
        try (Stream<Path> all = Files.walk(tree)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + tree, e);
        }
    }
}
