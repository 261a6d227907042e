package org.jvirtio.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.Registers;
import org.jvirtio.VirtioException;
import org.jvirtio.linux.OpenFiles;
import org.jvirtio.pci.Window;

/** What the tests of the client have in common: a server, and that nothing is left of it. */
@Timeout(20)
abstract class VfioUserTest {

    @TempDir private Path directory;

    ScriptedServer server;
    private long before;

    @BeforeEach
    final void listen() {
        before = open();
        server = new ScriptedServer(directory.resolve("socket"));
    }

    /** Descriptors that are still open after an error are the defect that nobody sees. */
    @AfterEach
    final void nothingIsLeftOpen() {
        server.close();
        assertEquals(before, open(), "descriptors are left open");
    }

    private static long open() {
        return OpenFiles.count("memfd:")
                + OpenFiles.count("socket:")
                + OpenFiles.count("[eventfd]");
    }

    final VfioUserFunction function() {
        return server.start().open();
    }

    /** All of BAR 1. */
    static Registers bar(VfioUserFunction function) {
        return function.open(
                new Window(function.bars().get(0), 0, function.bars().get(0).length()));
    }

    /** The error by which a server that does wrong before it is open is refused. */
    final <T extends VirtioException> T refused(Class<T> kind, String what) {
        server.start();
        T refused = assertThrows(kind, () -> server.open().close());
        assertTrue(refused.getMessage().contains(what), refused.getMessage());
        return refused;
    }
}
