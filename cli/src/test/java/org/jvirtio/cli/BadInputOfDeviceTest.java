package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.DeviceType;
import org.jvirtio.RequestException;
import org.jvirtio.VirtioException;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.device.EntropyDriver;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/** What a device can do wrong: a typed error, and the function is given up as it has to be. */
class BadInputOfDeviceTest {

    @TempDir private Path directory;

    @Test
    void resetThatDoesNotFinish() {
        WatchedFunction function = WatchedFunction.emulated("entropy,fault=stuck-reset");
        EntropyDriver driver =
                EntropyDriver.start(
                        Transports.open(
                                function,
                                DeviceType.ENTROPY,
                                LayoutChoice.of(function, Policy.AUTO).require()));
        VirtioException e = assertThrows(DeviceTimeoutException.class, driver::close);
        assertTrue(e.getMessage().startsWith("Resetting emulated:entropy"), e.getMessage());
        assertTrue(e.getMessage().contains("after 1000 ms"), e.getMessage());
        assertTrue(e.getMessage().contains("-Djvirtio.resetMillis"), e.getMessage());
        assertEquals(List.of("quarantine", "close"), function.events());
    }

    @Test
    void deviceThatAsksForAReset() {
        WatchedFunction function = WatchedFunction.emulated("entropy,fault=needs-reset");
        try (EntropyDriver driver =
                EntropyDriver.start(
                        Transports.open(
                                function,
                                DeviceType.ENTROPY,
                                LayoutChoice.of(function, Policy.AUTO).require()))) {
            VirtioException e =
                    assertThrows(DeviceBrokenException.class, () -> driver.fill(new byte[64]));
            assertTrue(
                    e.getMessage().contains("it asks to be reset: its status is 0x4f"),
                    e.getMessage());
            assertTrue(e.getMessage().contains("Close it and start it again"), e.getMessage());
        }
        assertEquals(List.of("close"), function.events());
    }

    @Test
    void readPastTheCapacity() {
        WatchedFunction function = WatchedFunction.emulated("block,size=1M");
        try (BlockDriver disk = disk(function)) {
            VirtioException e =
                    assertThrows(RequestException.class, () -> disk.read(2047, new byte[1024]));
            assertEquals(
                    "reading 2 sectors from sector 2047: the disk has 2048. Stay inside.",
                    e.getMessage());
            disk.read(2047, new byte[512]);
        }
        assertEquals(List.of("close"), function.events());
    }

    @Test
    void readOnlyDisk() {
        WatchedFunction function = WatchedFunction.emulated("block,readonly=on");
        try (BlockDriver disk = disk(function)) {
            VirtioException e =
                    assertThrows(RequestException.class, () -> disk.write(0, new byte[512]));
            assertTrue(e.getMessage().contains("read-only (feature RO). Use one"), e.getMessage());
            disk.read(0, new byte[512]);
        }
        assertEquals(List.of("close"), function.events());
    }

    /** The image became shorter behind the device's back. */
    @Test
    void errorStatusOfADisk() throws IOException {
        Path image = Files.write(directory.resolve("disk"), new byte[8192]);
        WatchedFunction function = WatchedFunction.emulated("block,image=" + image);
        try (BlockDriver disk = disk(function)) {
            Files.write(image, new byte[512]);
            VirtioException e =
                    assertThrows(RequestException.class, () -> disk.read(8, new byte[512]));
            assertTrue(e.getMessage().contains("sector 8"), e.getMessage());
            assertTrue(e.getMessage().contains("IOERR"), e.getMessage());
        }
        assertEquals(List.of("close"), function.events());
    }

    private static BlockDriver disk(WatchedFunction function) {
        return BlockDriver.start(
                Transports.open(
                        function,
                        DeviceType.BLOCK,
                        LayoutChoice.of(function, Policy.AUTO).require()));
    }
}
