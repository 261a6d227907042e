package org.jvirtio.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes guest images and keeps them: the first of a kind takes some seconds, the next is found in
 * the {@link GuestCache} by a digest of all that went into it.
 */
public final class GuestImages {

    private static final String PREFIX = "image-";

    /** A developer's builds make one image each; more than these are not worth their room. */
    private static final int KEPT = 4;

    private final GuestCache cache;

    public GuestImages(GuestCache cache) {
        this.cache = cache;
    }

    /** Debian's kernel, downloaded if it is not in the cache. */
    public GuestKernel debianKernel() {
        return new KernelPackage(cache).fetch();
    }

    /**
     * The image with this JVM's run-time and class path.
     *
     * @param rehearsal class name of a {@link GuestProgram} and arguments with which it can run on
     *     the host, so that its classes are in the archive; may be empty
     */
    public GuestImage image(GuestKernel kernel, List<String> rehearsal) {
        List<Path> classPath = ClassPathFiles.ofThisJvm();
        String name = PREFIX + digest(kernel, classPath, rehearsal);
        Path entry =
                cache.entry(
                        name,
                        directory -> GuestImage.build(directory, kernel, classPath, rehearsal));
        cache.keepNewest(PREFIX, KEPT);
        return GuestImage.in(entry);
    }

    private static String digest(GuestKernel kernel, List<Path> classPath, List<String> rehearsal) {
        StringBuilder text = new StringBuilder();
        text.append(System.getProperty("java.home")).append(System.getProperty("java.vm.version"));
        text.append(rehearsal);
        describe(kernel.image(), text);
        kernel.modules().forEach(module -> describe(module, text));
        classPath.forEach(entry -> describe(entry, text));
        try {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void describe(Path path, StringBuilder text) {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                text.append('\n').append(file).append(' ').append(Files.size(file));
                text.append(' ').append(Files.getLastModifiedTime(file).toMillis());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + path, e);
        }
    }
}
