package org.jvirtio.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.EnvironmentException;

/** What an image holds besides the JVM, with this system's own programs as the example. */
final class ImageTreeTest {

    private static final Path SHELL = Path.of("/bin/sh");

    @TempDir Path directory;

    private Path root;
    private Path stage;

    @BeforeEach
    void makeDirectories() throws IOException {
        root = Files.createDirectory(directory.resolve("root"));
        stage = Files.createDirectories(directory.resolve("stage"));
    }

    @Test
    void aFileThatStandsAloneBringsNothingElse() throws IOException {
        Path data = Files.writeString(directory.resolve("data"), "content");

        new ImageTree(root).add(List.of(ImageFile.alone(data, "bin/data")));

        assertEquals("content", Files.readString(root.resolve("bin/data")));
        try (var files = Files.walk(root)) {
            assertEquals(1, files.filter(Files::isRegularFile).count());
        }
    }

    @Test
    void aProgramBringsItsLibrariesUnderTheirOwnPaths() throws IOException {
        new ImageTree(root).add(List.of(new ImageFile(SHELL, "bin/sh", Optional.of(stage))));

        assertTrue(Files.isExecutable(root.resolve("bin/sh")));
        try (var files = Files.walk(root)) {
            assertTrue(files.anyMatch(file -> file.endsWith("libc.so.6")));
        }
    }

    @Test
    void aLibraryFromPackagesIsTakenBeforeThisSystems() throws IOException {
        Path libc =
                SharedLibraries.parse(
                                Command.run("t", "t", directory, List.of("ldd", SHELL.toString())))
                        .stream()
                        .filter(library -> library.endsWith("libc.so.6"))
                        .findFirst()
                        .orElseThrow();
        Path staged = stage.resolve("opt/packaged/libc.so.6");
        Files.createDirectories(staged.getParent());
        Files.copy(libc, staged);

        new ImageTree(root).add(List.of(new ImageFile(SHELL, "bin/sh", Optional.of(stage))));

        assertTrue(Files.exists(root.resolve("opt/packaged/libc.so.6")));
    }

    @Test
    void aLibraryThatIsNowhereIsNamed() throws IOException {
        Path libc = Files.createDirectories(stage.resolve("lib")).resolve("libc.so.6");
        Files.writeString(libc, "no library");

        EnvironmentException e =
                assertThrows(
                        EnvironmentException.class,
                        () ->
                                new ImageTree(root)
                                        .add(
                                                List.of(
                                                        new ImageFile(
                                                                SHELL,
                                                                "bin/sh",
                                                                Optional.of(stage)))));

        assertTrue(e.getMessage().contains("libc.so.6"), e.getMessage());
        assertTrue(e.getMessage().contains("Delete " + stage), e.getMessage());
    }

    @Test
    void aPathThatLeavesTheImageIsRefused() {
        for (String path : List.of("", "/bin/sh", "../sh", "bin/../../sh")) {
            assertThrows(IllegalArgumentException.class, () -> ImageFile.alone(SHELL, path), path);
        }
    }
}
