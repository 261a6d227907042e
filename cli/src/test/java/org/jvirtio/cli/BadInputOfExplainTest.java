package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.jvirtio.cli.CommandRun.refused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code explain}: addresses, images, dumps and capability lists that are none. */
class BadInputOfExplainTest {

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"explain sysfs:ffff:ff:1f.7", "explain vfio:ffff:ff:1f.7"})
    void unknownAddress(String typed) {
        refused(
                CommandRun.of(typed.split(" ")),
                ExitCode.ENVIRONMENT,
                "looking for the PCI function ffff:ff:1f.7: ",
                "Name one of those");
    }

    @Test
    void addressThatIsNone() {
        refused(
                CommandRun.of("explain", "vfio:00:99.0"),
                ExitCode.USAGE,
                "reading the name of a function: 0000:00:99.0 is no PCI address. A bus is 0 to ff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere/at/all", "/tmp"})
    void imageFileThatIsNotThere(String image) {
        refused(
                CommandRun.of("explain", "emulated:block,image=" + image),
                ExitCode.ENVIRONMENT,
                "opening the disk image " + image + ": ",
                "or correct image=FILE");
    }

    @Test
    void imageFileWhoseNameHasCommasAndSpaces() throws IOException {
        Path image = Files.write(directory.resolve("a, b,c.raw"), new byte[4096]);
        CommandRun run =
                CommandRun.of(
                        "explain", "emulated:block,image=" + image.toString().replace(",", ",,"));
        assertEquals(ExitCode.DONE, run.exit(), run.all());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 255, 256, 4096, 5000})
    void dumpOfAnything(int length) throws IOException {
        byte[] bytes = new byte[length];
        new java.util.Random(length).nextBytes(bytes);
        Path dump = Files.write(directory.resolve("dump"), bytes);
        CommandRun run = CommandRun.of("explain", "dump:" + dump);
        assertTrue(run.exit() == ExitCode.FAILED || run.exit() == ExitCode.ENVIRONMENT, run.all());
        assertFalse(run.err().contains("\tat "), run.all());
    }

    @Test
    void unusableCapabilityList() {
        CommandRun run = CommandRun.of("explain", "emulated:block,fault=short-common");
        assertEquals(ExitCode.FAILED, run.exit(), run.all());
        assertTrue(run.out().contains("choosing the layout of emulated:block,fault"), run.all());
        assertTrue(run.out().contains("virtio1: broken"), run.all());
        assertTrue(run.out().contains("'it has at least 56 bytes' fails: length 0x10"), run.all());
    }
}
