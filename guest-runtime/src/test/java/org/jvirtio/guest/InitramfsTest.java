package org.jvirtio.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Linux Documentation/driver-api/early-userspace/buffer-format.rst: the "newc" format. */
final class InitramfsTest {

    private static final long TIME_MILLIS = 1_700_000_000_000L;

    @TempDir Path root;

    private final Map<String, CpioArchiveEntry> entries = new LinkedHashMap<>();
    private final Map<String, byte[]> contents = new LinkedHashMap<>();

    @BeforeEach
    void writeAndReadBack() throws IOException {
        Files.createDirectories(root.resolve("dev"));
        Files.createDirectories(root.resolve("jre/bin"));
        Files.write(root.resolve("jre/bin/java"), new byte[] {1, 2, 3});
        Files.writeString(root.resolve("jvm.args"), "-Xrs");
        assertTrue(root.resolve("jre/bin/java").toFile().setExecutable(true));
        Files.setLastModifiedTime(root.resolve("jvm.args"), FileTime.fromMillis(TIME_MILLIS));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Initramfs.write(root, Initramfs.NODES, out);
        try (CpioArchiveInputStream in =
                new CpioArchiveInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (CpioArchiveEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
                entries.put(e.getName(), e);
                contents.put(e.getName(), in.readAllBytes());
            }
        }
    }

    @Test
    void everyDirectoryComesBeforeWhatItHolds() {
        List<String> names = new ArrayList<>(entries.keySet());

        assertEquals(
                List.of(
                        "dev",
                        "jre",
                        "jre/bin",
                        "jre/bin/java",
                        "jvm.args",
                        "dev/console",
                        "dev/null",
                        "dev/ttyS1"),
                names);
    }

    @Test
    void everyEntryBelongsToRoot() {
        for (CpioArchiveEntry entry : entries.values()) {
            assertEquals(0, entry.getUID(), entry.getName());
            assertEquals(0, entry.getGID(), entry.getName());
        }
    }

    @Test
    void contentAndModeAreKept() {
        assertArrayEquals(new byte[] {1, 2, 3}, contents.get("jre/bin/java"));
        assertEquals(0100755, entries.get("jre/bin/java").getMode());
        assertEquals(0100644, entries.get("jvm.args").getMode());
        assertEquals(0040755, entries.get("jre").getMode());
    }

    /** The class archive is refused if a jar's time is not that of the dump. */
    @Test
    void theTimeOfAFileIsKept() {
        assertEquals(TIME_MILLIS, entries.get("jvm.args").getTime() * 1000);
    }

    @Test
    void theReportPortIsTheSecondSerialPort() {
        CpioArchiveEntry port = entries.get(Init.REPORT_PORT.substring(1));

        assertTrue(port.isCharacterDevice());
        assertEquals(4, port.getRemoteDeviceMaj());
        assertEquals(65, port.getRemoteDeviceMin());
    }

    @Test
    void inodesDifferSoThatNothingIsTakenForALink() {
        long distinct =
                entries.values().stream().mapToLong(CpioArchiveEntry::getInode).distinct().count();

        assertEquals(entries.size(), distinct);
    }
}
