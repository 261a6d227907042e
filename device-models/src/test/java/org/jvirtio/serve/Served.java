package org.jvirtio.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A served device in a directory of its own, and what it told. */
final class Served implements AutoCloseable {

    private static final long LIMIT_NANOS = 5_000_000_000L;

    final Path directory;
    final Path path;
    final ServedDevice device;
    final List<String> log = new CopyOnWriteArrayList<>();

    /** Called by the server's thread for each line, which it holds up as long as it takes. */
    volatile Consumer<String> heard = line -> {};

    Served(String text) {
        try {
            directory = Files.createTempDirectory("served");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        path = directory.resolve("socket");
        device = new ServedDevice(text, path, this::told);
    }

    private void told(String line) {
        log.add(line);
        heard.accept(line);
    }

    RawClient client() {
        return RawClient.greeted(path);
    }

    /** Waits until something is told that contains {@code text}. */
    void awaitTold(String text) {
        await(() -> log.stream().anyMatch(line -> line.contains(text)), text);
    }

    void await(BooleanSupplier holds, String what) {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("nobody told '" + what + "', but " + log);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        device.close();
        try {
            Files.delete(directory); // fails if the socket is still there
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
