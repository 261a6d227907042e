package org.jvirtio.serve;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.EnvironmentException;

/**
 * Whose a directory has to be. {@code /proc/self} is a link that belongs to root, and leads to a
 * directory that belongs to the process's user: nobody but root could serve anything.
 */
class OwnDirectoryTest {

    private static final int ROOT = 0;
    private static final int SOMEBODY = 65534;

    @TempDir Path directory;

    @Test
    void theUserIsWhomTheLinkLeadsToAndNotWhoMadeIt() throws IOException {
        Path self = Files.createSymbolicLink(directory.resolve("self"), Path.of("/"));
        if (owner(self).equals(ROOT)) {
            Files.setAttribute(self, "unix:uid", SOMEBODY, LinkOption.NOFOLLOW_LINKS);
        }
        assertNotEquals(Files.getAttribute(Path.of("/"), "unix:uid"), owner(self));

        assertDoesNotThrow(() -> OwnDirectory.require(Path.of("/socket"), self));
        Files.delete(self); // Nobody is to follow it when the directory is removed.
    }

    @Test
    void aDirectoryOfSomebodyElseIsRefused() throws IOException {
        Path self = Files.createFile(directory.resolve("self"));
        if (owner(self).equals(ROOT)) {
            Files.setAttribute(self, "unix:uid", SOMEBODY);
        }
        assertThrows(
                EnvironmentException.class, () -> OwnDirectory.require(Path.of("/socket"), self));
    }

    @Test
    void theRootIsRefusedAsItIsInNoDirectory() {
        EnvironmentException refused =
                assertThrows(EnvironmentException.class, () -> OwnDirectory.require(Path.of("/")));
        assertTrue(
                refused.getMessage().startsWith("listening at /: the root is in no directory"),
                refused.getMessage());
    }

    private static Object owner(Path file) throws IOException {
        return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
