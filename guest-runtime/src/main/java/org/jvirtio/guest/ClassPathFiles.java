package org.jvirtio.guest;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jvirtio.EnvironmentException;

/**
 * The guest's class path, copied from the host's: jars as they are, directories of classes as jars
 * (the class archive takes nothing else), and jffi's native library unpacked, because its own way
 * of unpacking it takes seconds under an emulator.
 */
final class ClassPathFiles {

    static final String NATIVE_DIRECTORY = "native";

    private static final String LIBJFFI = "jni/x86_64-Linux/libjffi-1.2.so";
    private static final String APP = "app";

    /** A file of each jar that every application finds in its guest. */
    private static final List<String> RUNTIME =
            List.of(
                    "org/jvirtio/guest/Init.class",
                    "org/jvirtio/transport/Transports.class",
                    "org/jvirtio/pci/PciFunction.class",
                    "org/jvirtio/Transport.class",
                    "com/kenai/jffi/Invoker.class",
                    LIBJFFI);

    /** Host-side libraries, and test libraries that a developer's class path may carry. */
    private static final Pattern NOT_IN_GUEST =
            Pattern.compile(
                    "(commons-(compress|io|codec|lang3)|lz4-|jnr-|asm-|asm|mockito|byte-buddy|objenesis"
                            + "|junit|opentest4j|apiguardian|jspecify|archunit|slf4j|surefire|common-java5)"
                            + "[a-z0-9-]*-[0-9].*\\.jar");

    private final Path root;
    private final List<String> names = new ArrayList<>();

    ClassPathFiles(Path root) {
        this.root = root;
    }

    /** The entries of {@code java.class.path} that a guest has use for. */
    static List<Path> ofThisJvm() {
        List<Path> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.exists(path)
                    && !NOT_IN_GUEST.matcher(path.getFileName().toString()).matches()) {
                entries.add(path.toAbsolutePath());
            }
        }
        return entries;
    }

    /**
     * Those of them that an application's guest needs: process 1, drivers, and a way to call Linux.
     */
    static List<Path> ofRuntime() {
        return ofThisJvm().stream()
                .filter(entry -> RUNTIME.stream().anyMatch(name -> holds(entry, name)))
                .toList();
    }

    private static boolean holds(Path entry, String name) {
        if (Files.isDirectory(entry)) {
            return Files.exists(entry.resolve(name));
        }
        try (ZipFile zip = new ZipFile(entry.toFile())) {
            return zip.getEntry(name) != null;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "looking for "
                            + name
                            + " in the class path: "
                            + entry
                            + ": "
                            + e
                            + ". Build again.",
                    e);
        }
    }

    /** As {@code java -cp} takes them. */
    static String joined(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(":"));
    }

    /** Copies all entries; {@link #classPath} tells what came of it. */
    void copy(List<Path> entries) throws IOException {
        Files.createDirectories(root.resolve(APP));
        for (Path entry : entries) {
            if (Files.isDirectory(entry)) {
                jar(entry, target("classes.jar"));
            } else if (!extractNative(entry)) {
                Path target = target(entry.getFileName().toString());
                Files.copy(entry, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        if (!Files.exists(root.resolve(NATIVE_DIRECTORY))) {
            throw new EnvironmentException(
                    "copying the guest's class path: none of "
                            + entries
                            + " holds "
                            + LIBJFFI
                            + ". Add the jar jffi-native.");
        }
    }

    /** Relative to the root, as {@code java -cp} takes it. */
    String classPath() {
        return String.join(":", names);
    }

    private Path target(String fileName) {
        String name = APP + "/" + names.size() + "-" + fileName;
        names.add(name);
        return root.resolve(name);
    }

    private boolean extractNative(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry library = zip.getEntry(LIBJFFI);
            if (library == null) {
                return false;
            }
            Path directory = Files.createDirectories(root.resolve(NATIVE_DIRECTORY));
            Path target = directory.resolve(Path.of(LIBJFFI).getFileName());
            if (!Files.exists(target)) { // The first of two counts, as on any class path.
                try (InputStream in = zip.getInputStream(library)) {
                    Files.copy(in, target);
                }
            }
            return true;
        }
    }

    /** Entries are stored, not deflated, for the same reason as in {@link JavaRuntime}. */
    private static void jar(Path classes, Path target) throws IOException {
        try (OutputStream out = Files.newOutputStream(target);
                ZipOutputStream jar = new ZipOutputStream(out)) {
            jar.setMethod(ZipOutputStream.STORED);
            Files.walkFileTree(
                    classes,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                                throws IOException {
                            store(jar, classes.relativize(file).toString(), file);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        }
    }

    private static void store(ZipOutputStream jar, String name, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        jar.putNextEntry(entry);
        jar.write(bytes);
        jar.closeEntry();
    }
}
