package org.jvirtio.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jvirtio.EnvironmentException;

/**
 * Makes guest images and keeps them: the first of a kind takes some seconds, the next is found in
 * the {@link GuestCache} by a digest of all that went into it.
 */
public final class GuestImages {

    private static final String PREFIX = "image-";

    /** Counts changes in how an image is made. */
    private static final int FORMAT = 3;

    private static final String BARE_PREFIX = "bare-";
    private static final String PEERS_PREFIX = "peers-";

    /** A developer's builds make one image each; more than these are not worth their room. */
    private static final int KEPT = 4;

    private final GuestCache cache;

    public GuestImages(GuestCache cache) {
        this.cache = cache;
    }

    /** Debian's kernel, downloaded if it is not in the cache. */
    public GuestKernel debianKernel() {
        return debianKernel(List.of());
    }

    /** The same with more modules, as {@link GuestKernel#of(Path, Path, List)} takes them. */
    public GuestKernel debianKernel(List<String> more) {
        return new KernelPackage(cache).fetch(more);
    }

    /**
     * The image with this JVM's run-time and class path.
     *
     * @param rehearsal class name of a {@link GuestProgram} and arguments with which it can run on
     *     the host, so that its classes are in the archive; {@link EmptyProgram} does
     */
    public GuestImage image(GuestKernel kernel, List<String> rehearsal) {
        return image(kernel, rehearsal, List.of());
    }

    /** The same with programs that process 1 may start. */
    public GuestImage image(GuestKernel kernel, List<String> rehearsal, List<ImageFile> files) {
        ImageJvm jvm = ImageJvm.ofThisJvm(rehearsal);
        return make(
                kernel,
                (files.isEmpty() ? PREFIX : PEERS_PREFIX)
                        + digest(kernel, jvm.classPath(), rehearsal, files),
                tree -> {
                    tree.fill(kernel.modules(), jvm);
                    tree.add(files);
                });
    }

    /**
     * The measure for the time to {@code main}: the same kernel and a bare JVM, without our jars.
     * Boot it with {@link GuestJob#floor}.
     */
    public GuestImage floor(GuestKernel kernel) {
        String name =
                BARE_PREFIX + digest(kernel, ClassPathFiles.ofThisJvm(), List.of(), List.of());
        return make(kernel, name, ImageTree::fillBare);
    }

    /** What goes into the initial file system. */
    interface Content {
        void fill(ImageTree tree) throws IOException;
    }

    private GuestImage make(GuestKernel kernel, String name, Content content) {
        Path entry = cache.entry(name, directory -> build(directory, kernel, content));
        cache.keepNewest(name.substring(0, name.indexOf('-') + 1), KEPT);
        return GuestImage.in(entry, kernel.words());
    }

    /** Makes the two files of {@link GuestImage#in}. */
    static void build(Path directory, GuestKernel kernel, Content content) throws IOException {
        GuestImage image = GuestImage.in(directory, kernel.words());
        Files.copy(kernel.image(), image.kernel());
        Path root = Files.createDirectory(directory.resolve("root"));
        content.fill(new ImageTree(root));
        try (OutputStream file = Files.newOutputStream(image.initramfs());
                OutputStream out = new Lz4OutputStream(file)) {
            Initramfs.write(root, Initramfs.NODES, out);
        }
        GuestCache.deleteTree(root);
    }

    private static String digest(
            GuestKernel kernel,
            List<Path> classPath,
            List<String> rehearsal,
            List<ImageFile> files) {
        StringBuilder text = new StringBuilder();
        text.append(FORMAT);
        text.append(System.getProperty("java.home")).append(System.getProperty("java.vm.version"));
        text.append(rehearsal);
        describe(kernel.image(), text);
        kernel.modules().forEach(module -> describe(module, text));
        classPath.forEach(entry -> describe(entry, text));
        for (ImageFile file : files) {
            describe(file.source(), text.append('\n').append(file));
        }
        return digest(text.toString());
    }

    /** Short enough for a file name, and long enough that no two texts share it. */
    static String digest(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
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
            throw new EnvironmentException(
                    "preparing a guest image: reading "
                            + path
                            + ": "
                            + e
                            + ". Give yourself the right to read it.",
                    e);
        }
    }
}
