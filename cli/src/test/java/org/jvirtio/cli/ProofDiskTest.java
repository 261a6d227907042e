package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proof must be able to fail: each check here meets a disk that it has to find fault with. */
class ProofDiskTest {

    private final Placeholder placeholder = new Placeholder("a", "0123");

    @TempDir Path directory;
    private ProofDisk disk;

    @BeforeEach
    void makeDisk() {
        Path original = ProofDisk.makeOriginal(directory, List.of(placeholder));
        disk = ProofDisk.copyOf(original, directory.resolve("disk.ext4"));
    }

    @Test
    void findsNoFaultWithADiskWrittenAsOrdered() throws IOException {
        String before = Digests.sha256(Files.readAllBytes(disk.image()));
        assertTrue(disk.checkRead(reporting(before), placeholder).ok());
        overwrite(Placeholder.COUNT);
        assertTrue(disk.checkImage().ok(), disk.checkImage().toString());
        assertTrue(disk.checkFileSystem().stream().allMatch(Check::ok));
    }

    @Test
    void noticesADigestOfOtherBytes() {
        assertFalse(disk.checkRead(reporting("00"), placeholder).ok());
    }

    @Test
    void noticesABlockThatWasNotWritten() throws IOException {
        disk.checkRead(reporting(""), placeholder);
        overwrite(Placeholder.COUNT - 1);
        assertFalse(disk.checkImage().ok());
        assertFalse(disk.checkFileSystem().get(0).ok(), "debugfs sees the old block");
    }

    @Test
    void noticesAByteWrittenElsewhere() throws IOException {
        disk.checkRead(reporting(""), placeholder);
        overwrite(Placeholder.COUNT);
        byte[] bytes = Files.readAllBytes(disk.image());
        bytes[bytes.length - 1] ^= 1;
        Files.write(disk.image(), bytes);
        assertFalse(disk.checkImage().ok());
    }

    @Test
    void noticesADamagedFileSystem() throws IOException {
        byte[] bytes = Files.readAllBytes(disk.image());
        bytes[1024 + 4] ^= 0x55; // the number of blocks in the superblock
        Files.write(disk.image(), bytes);
        assertEquals(1, disk.checkFileSystem().stream().filter(check -> !check.ok()).count());
    }

    private void overwrite(int blocks) throws IOException {
        byte[] bytes = Files.readAllBytes(disk.image());
        int found = 0;
        for (int at = 0; at < bytes.length; at += Placeholder.BLOCK) {
            int index =
                    placeholder.indexOf(
                            java.util.Arrays.copyOfRange(bytes, at, at + Placeholder.BLOCK));
            if (index >= 0 && found++ < blocks) {
                System.arraycopy(placeholder.after(index), 0, bytes, at, Placeholder.BLOCK);
            }
        }
        Files.write(disk.image(), bytes);
    }

    private static DeviceReport reporting(String sha256) {
        DriveOrder order =
                new DriveOrder(
                        "vfio:0000:00:05.0",
                        "",
                        org.jvirtio.DeviceType.BLOCK,
                        "modern",
                        new DriveOrder.Expectation(
                                org.jvirtio.pci.Policy.AUTO,
                                "virtio1",
                                org.jvirtio.InterruptMode.VECTOR_PER_QUEUE,
                                RingFormat.SPLIT),
                        new Placeholder("a", "0123"),
                        "s");
        DeviceReport row = DeviceReport.missing(order);
        return new DeviceReport(
                row.function(),
                row.device(),
                row.policy(),
                row.layout(),
                row.ring(),
                row.choice(),
                row.offered(),
                row.accepted(),
                row.interrupts(),
                row.interruptSteps(),
                row.decisions(),
                row.checks(),
                Map.of("sha256", sha256),
                "",
                Recorded.NOTHING);
    }
}
