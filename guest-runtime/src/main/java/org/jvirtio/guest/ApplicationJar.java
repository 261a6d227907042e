package org.jvirtio.guest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jvirtio.EnvironmentException;

/**
 * A jar as {@code java -jar} reads it: its manifest names the class to start and the other jars,
 * relative to its own place (JAR File Specification, "Class-Path Attribute").
 *
 * @param mainClass what the manifest says
 * @param classPath the jar itself, and what it and those it names lead to
 * @param missing what is named there and does not exist, which Java passes over without a word
 */
public record ApplicationJar(
        Path file, Optional<String> mainClass, List<Path> classPath, List<Path> missing) {

    private static final String DOING = "reading the application ";

    public ApplicationJar {
        classPath = List.copyOf(classPath);
        missing = List.copyOf(missing);
    }

    /**
     * Reads the manifests.
     *
     * @throws EnvironmentException if there is no such file, or it is no jar
     */
    public static ApplicationJar read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new EnvironmentException(
                    DOING
                            + file
                            + (Files.isDirectory(file)
                                    ? ": it is a directory"
                                    : ": there is no file " + file.toAbsolutePath())
                            + ". Build the application first, for example with 'mvn package', and"
                            + " name its jar.");
        }
        Set<Path> found = new LinkedHashSet<>(List.of(file.toAbsolutePath().normalize()));
        List<Path> missing = new ArrayList<>();
        List<Path> unread = new ArrayList<>(found);
        // Bounded by the number of files: each is read once.
        while (!unread.isEmpty()) {
            for (Path named : named(unread.remove(0))) {
                if (!Files.exists(named)) {
                    missing.add(named);
                } else if (found.add(named) && Files.isRegularFile(named)) {
                    unread.add(named);
                }
            }
        }
        Optional<String> main = attribute(file, Attributes.Name.MAIN_CLASS);
        return new ApplicationJar(file, main.map(String::strip), List.copyOf(found), missing);
    }

    private static List<Path> named(Path jar) {
        List<Path> named = new ArrayList<>();
        String text = attribute(jar, Attributes.Name.CLASS_PATH).orElse("");
        for (String word : text.strip().split(" +", -1)) {
            if (!word.isEmpty()) {
                named.add(resolve(jar, word));
            }
        }
        return named;
    }

    private static Path resolve(Path jar, String word) {
        try {
            return Path.of(jar.toUri().resolve(URI.create(word))).normalize();
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new EnvironmentException(
                    DOING
                            + jar
                            + ": '"
                            + word
                            + "' in the Class-Path of its manifest leads to no file. Name files"
                            + " relative to the jar, such as lib/other.jar.",
                    e);
        }
    }

    private static Optional<String> attribute(Path jar, Attributes.Name name) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            return Optional.ofNullable(
                    manifest == null ? null : manifest.getMainAttributes().getValue(name));
        } catch (IOException e) {
            throw new EnvironmentException(
                    DOING
                            + jar
                            + ": it is no jar that can be read ("
                            + e.getMessage()
                            + "). Name a jar, such as target/my-app.jar.",
                    e);
        }
    }
}
