package org.jvirtio.lab.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.sysfs.PciAddress;

/** How the kernel's own files tell which half of its driver has a function. */
class KernelCheckTest {

    private static final PciAddress ADDRESS = PciAddress.parse("0000:00:02.0");
    private static final String ZEROS = "0".repeat(64);

    @TempDir Path root;
    private Path device;

    @BeforeEach
    void makeAMachine() throws IOException {
        device = Files.createDirectories(root.resolve("sys/bus/pci/devices/0000:00:02.0"));
        Files.createDirectories(root.resolve("sys/bus/pci/drivers/virtio-pci"));
        Files.createDirectories(root.resolve("proc"));
        Files.writeString(root.resolve("proc/iomem"), "c0000000-c0003fff : 0000:00:02.0\n");
        Files.writeString(root.resolve("proc/ioports"), "c000-c07f : 0000:00:02.0\n");
    }

    private KernelVerdict look() {
        return new KernelCheck(root.resolve("sys"), root.resolve("proc"), ADDRESS).look(List.of());
    }

    private void bind() throws IOException {
        Files.createSymbolicLink(
                device.resolve("driver"), root.resolve("sys/bus/pci/drivers/virtio-pci"));
    }

    private void virtio(String features) throws IOException {
        Path virtio = Files.createDirectories(device.resolve("virtio0"));
        Files.writeString(virtio.resolve("features"), features + "\n");
        Files.createSymbolicLink(virtio.resolve("driver"), root.resolve("virtio_blk"));
    }

    @Test
    void aFunctionThatNoDriverHasWasRefused() {
        assertEquals(Decision.REFUSES, look().decision());
    }

    @Test
    void theRegionOfTheModernHalfTells() throws IOException {
        bind();
        Files.writeString(
                root.resolve("proc/iomem"),
                """
                c0000000-c0003fff : 0000:00:02.0
                  c0000000-c0003fff : virtio-pci-modern
                d0000000-d0003fff : 0000:00:03.0
                """);

        assertEquals(Decision.VIRTIO1, look().decision());
    }

    @Test
    void aRegionOfAnotherFunctionTellsNothing() throws IOException {
        bind();
        virtio(ZEROS);
        Files.writeString(
                root.resolve("proc/iomem"),
                """
                c0000000-c0003fff : 0000:00:02.0
                d0000000-d0003fff : 0000:00:03.0
                  d0000000-d0003fff : virtio-pci-modern
                """);

        assertEquals(Decision.LEGACY, look().decision());
    }

    @Test
    void bit32TellsWhereNoRegionDoes() throws IOException {
        bind();
        virtio("0".repeat(32) + "1" + "0".repeat(31));

        assertEquals(Decision.VIRTIO1, look().decision());
        assertTrue(look().evidence().toString().contains("bit 32 (VERSION_1) set"));
    }

    @Test
    void ignoringAndRefusingLookTheSameFromOutside() {
        assertTrue(look().agreesWith(said(Decision.REFUSES)));
        assertTrue(look().agreesWith(said(Decision.IGNORES)));
        assertFalse(look().agreesWith(said(Decision.LEGACY)));
    }

    private static PeerVerdict said(Decision decision) {
        return new PeerVerdict("linux", decision, false, "", "", Optional.empty(), List.of());
    }
}
