package org.jvirtio.guest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * What QEMU boots: a kernel, and an initial file system that holds a Java run-time, our jars, the
 * VFIO modules, and nothing else.
 *
 * <pre>
 *   /jre         the Java run-time           /lib, /lib64  the C library and its loader
 *   /app         jars and class archive      /native       jffi's native part
 *   /modules     kernel modules              /jvm.args     options of process 1's JVM
 *   /dev /proc /sys /tmp
 * </pre>
 */
public record GuestImage(Path kernel, Path initramfs) {

    /** Options of the JVM, which the kernel's command line names. */
    static final String JVM_ARGUMENTS = "jvm.args";

    private static final String KERNEL = "kernel";
    private static final String INITRAMFS = "initramfs";
    private static final List<String> DIRECTORIES = List.of("dev", "proc", "sys", "tmp");

    /** Bytes of both files. */
    public long size() {
        try {
            return Files.size(kernel) + Files.size(initramfs);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("measuring " + this, e);
        }
    }

    static GuestImage in(Path directory) {
        return new GuestImage(directory.resolve(KERNEL), directory.resolve(INITRAMFS));
    }

    /** Fills {@code directory} with the two files. */
    static void build(
            Path directory, GuestKernel kernel, List<Path> classPath, List<String> rehearsal)
            throws IOException {
        Files.copy(kernel.image(), directory.resolve(KERNEL), StandardCopyOption.REPLACE_EXISTING);
        Path root = Files.createDirectory(directory.resolve("root"));
        try {
            fill(root, kernel, classPath, rehearsal);
            try (OutputStream file = Files.newOutputStream(directory.resolve(INITRAMFS));
                    OutputStream packed = new FastGzip(file);
                    OutputStream out = new BufferedOutputStream(packed, 1 << 16)) {
                Initramfs.write(root, Initramfs.NODES, out);
            }
        } finally {
            GuestCache.deleteTree(root);
        }
    }

    private static void fill(
            Path root, GuestKernel kernel, List<Path> classPath, List<String> rehearsal)
            throws IOException {
        for (String name : DIRECTORIES) {
            Files.createDirectory(root.resolve(name));
        }
        JavaRuntime.build(root);
        ClassPathFiles files = new ClassPathFiles(root);
        files.copy(classPath);
        JvmOptions options = new JvmOptions(files.classPath(), modules(root, kernel.modules()));
        List<List<String>> rehearsals = new ArrayList<>();
        List<String> words = new ArrayList<>(List.of(Rehearsal.class.getName()));
        if (!rehearsal.isEmpty()) {
            words.add(rehearsal.get(0));
            words.addAll(GuestArguments.encode(rehearsal.subList(1, rehearsal.size())));
        }
        rehearsals.add(words);
        new ClassArchive(root, options.onHost()).make(rehearsals);
        Files.write(root.resolve(JVM_ARGUMENTS), options.inGuest());
    }

    private static List<String> modules(Path root, List<Path> modules) throws IOException {
        Path directory = Files.createDirectory(root.resolve("modules"));
        List<String> names = new ArrayList<>();
        for (Path module : modules) {
            String name = module.getFileName().toString();
            Files.copy(module, directory.resolve(name));
            names.add("/modules/" + name);
        }
        return names;
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
