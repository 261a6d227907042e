package org.jvirtio.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.EnvironmentException;

/** The manifest of an application (JAR File Specification, "Main-Class" and "Class-Path"). */
final class ApplicationJarTest {

    @TempDir Path directory;

    @Test
    void theClassPathIsWhatTheManifestsLeadToEachOnce() throws IOException {
        jar("lib/one.jar", "", "two.jar ../app.jar");
        jar("lib/two.jar", "", "one.jar");
        Files.createDirectories(directory.resolve("classes"));
        Path app = jar("app.jar", "org.example.Main", "lib/one.jar classes/ lib/none.jar");

        ApplicationJar read = ApplicationJar.read(app);

        assertEquals(Optional.of("org.example.Main"), read.mainClass());
        assertEquals(
                List.of(
                        app,
                        directory.resolve("lib/one.jar"),
                        directory.resolve("classes"),
                        directory.resolve("lib/two.jar")),
                read.classPath());
        assertEquals(List.of(directory.resolve("lib/none.jar")), read.missing());
    }

    @Test
    void aJarWithoutAManifestNamesNothing() throws IOException {
        Path app = directory.resolve("app.jar");
        try (OutputStream out = Files.newOutputStream(app);
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.putNextEntry(new ZipEntry("a.txt"));
        }

        ApplicationJar read = ApplicationJar.read(app);

        assertEquals(Optional.empty(), read.mainClass());
        assertEquals(List.of(app), read.classPath());
    }

    @Test
    void whatIsNoJarIsNamedWithTheReason() throws IOException {
        Path text = Files.writeString(directory.resolve("app.jar"), "no jar at all");

        assertRefused(text, "it is no jar that can be read (zip END header not found). Name");
        assertRefused(directory, "it is a directory. Build the application first");
        Path none = directory.resolve("none.jar");
        assertRefused(none, "there is no file " + none + ". Build the application first");
    }

    @Test
    void aClassPathThatLeadsToNoFileIsNamed() throws IOException {
        assertRefused(jar("app.jar", "", "http://example.org/a.jar"), "leads to no file");
    }

    @Test
    void aMainClassThatCannotBeStartedIsToldBeforeAnythingIsBuilt() throws IOException {
        assertCannotStart("org.example.None", "there is no class org.example.None in it");
        assertCannotStart(
                "java.lang.Math", "java.lang.Math has no method 'public static void main");
    }

    @Test
    void theSameJarInTheSameVersionComesOnce() {
        List<Path> ours = List.of(Path.of("/ours/driver-core-1.jar"));
        List<Path> own = List.of(Path.of("/app/app.jar"), Path.of("/app/lib/driver-core-1.jar"));

        assertEquals(
                List.of(Path.of("/ours/driver-core-1.jar"), Path.of("/app/app.jar")),
                ApplicationClassPath.of(ours, own));
    }

    @Test
    void whatJdepsWarnsOfIsNoModule() {
        String output = "Warning: split package: a b c\njava.base,java.net.http\n";

        assertEquals("[java.base, java.net.http]", JavaModules.parse(output).toString());
    }

    private void assertRefused(Path file, String words) {
        EnvironmentException e =
                assertThrows(EnvironmentException.class, () -> ApplicationJar.read(file));
        assertTrue(e.getMessage().startsWith("reading the application " + file), e.getMessage());
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    private void assertCannotStart(String main, String words) throws IOException {
        Path app = jar("app.jar", main, "");
        EnvironmentException e =
                assertThrows(
                        EnvironmentException.class,
                        () -> ApplicationClassPath.requireMain(app, main, List.of(app)));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    private Path jar(String name, String main, String classPath) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!main.isEmpty()) {
            attributes.put(Attributes.Name.MAIN_CLASS, main);
        }
        if (!classPath.isEmpty()) {
            attributes.put(Attributes.Name.CLASS_PATH, classPath);
        }
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
        return file;
    }
}
