package org.jvirtio.guest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jvirtio.EnvironmentException;

/**
 * A C program of the project's own for an image, compiled by this system's {@code cc} and linked
 * statically, so that the guest needs nothing else for it. Kept in the {@link GuestCache} by a
 * digest of its sources and the compiler.
 *
 * @param name of the program
 * @param place class beside whose resources the sources lie
 * @param sources names of resources; the first is compiled and includes the others
 */
public record CompiledProgram(String name, Class<?> place, List<String> sources) {

    /** -O2 is what distributions build with; a guest's processor need not be the host's. */
    public static final List<String> FLAGS =
            List.of("-std=gnu11", "-O2", "-static", "-Wall", "-Wextra", "-Werror");

    private static final String PREFIX = "compiled-";
    private static final int KEPT = 8;
    private static final String REMEDY = "Install a C compiler: apt install gcc libc6-dev";

    public CompiledProgram {
        sources = List.copyOf(sources);
    }

    /** The first line of {@code cc --version}, for a report. */
    public static String compiler() {
        String version =
                Command.run(
                        "looking for a C compiler",
                        REMEDY,
                        Path.of("/"),
                        List.of("cc", "--version"));
        return version.lines().findFirst().orElse("cc");
    }

    /**
     * Compiles it, or finds it in the cache.
     *
     * @throws EnvironmentException if there is no compiler, or it refuses
     */
    public Path compile(GuestCache cache) {
        String entry = PREFIX + name + "-" + digest();
        Path directory = cache.entry(entry, this::build);
        cache.keepNewest(PREFIX + name + "-", KEPT);
        return directory.resolve(name);
    }

    private void build(Path directory) throws IOException {
        for (String source : sources) {
            Files.writeString(directory.resolve(source), text(source));
        }
        List<String> command = new ArrayList<>(List.of("cc"));
        command.addAll(FLAGS);
        command.addAll(List.of("-o", name, sources.get(0)));
        Command.run("compiling " + name, REMEDY, directory, command);
    }

    private String digest() {
        StringBuilder all = new StringBuilder(compiler()).append(FLAGS);
        sources.forEach(source -> all.append('\n').append(text(source)));
        try {
            byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private String text(String source) {
        try (InputStream in = place.getResourceAsStream(source)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "compiling " + name + ": " + place + " has no resource " + source);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "compiling " + name + ": reading " + source + ": " + e + ". Build again.", e);
        }
    }
}
