package org.jvirtio.sysfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Registers;
import org.jvirtio.linux.Libc;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Window;

/** A function through its files: looking writes nothing, driving leaves things as they were. */
class SysfsFunctionTest {

    private static final String NAME = "0000:00:04.0";
    private static final PciAddress ADDRESS = PciAddress.parse(NAME);
    private static final int O_ACCMODE = 3;

    @TempDir private Path directory;
    private FakeSysfs sysfs;

    @BeforeEach
    void aTransitionalFunction() throws IOException {
        sysfs =
                new FakeSysfs(directory)
                        .function(NAME, "", -1)
                        .attribute(
                                NAME,
                                "resource",
                                "0xc040 0xc05f 0x40101\n0xfebd4000 0xfebd5fff 0x40200");
        byte[] config = new byte[256];
        config[0] = (byte) 0xf4;
        config[1] = 0x1a;
        Files.write(file("config"), config);
        Files.write(file("resource0"), new byte[0x20]);
        Files.write(file("resource1"), new byte[0x2000]);
    }

    private Path file(String name) {
        return sysfs.device(NAME).resolve(name);
    }

    /** The access modes of all descriptors of this process that are open on a file. */
    private static List<Integer> accessModes(Path file) throws IOException {
        List<Integer> modes = new ArrayList<>();
        for (String fd : new java.io.File("/proc/self/fd").list()) {
            Path link = Path.of("/proc/self/fd", fd);
            if (Files.exists(link) && Files.isSameFile(link, file)) {
                String info = Files.readString(Path.of("/proc/self/fdinfo", fd));
                String flags = info.replaceAll("(?s).*flags:\\s*(\\d+).*", "$1");
                modes.add(Integer.parseInt(flags, 8) & O_ACCMODE);
            }
        }
        return modes;
    }

    @Test
    void lookingOpensTheConfigurationReadOnlyAndNothingElse() throws IOException {
        try (SysfsFunction function = SysfsFunction.inspect(sysfs.bus(), ADDRESS)) {
            assertEquals(0x1af4, function.config().read(ConfigRegister.VENDOR_ID));
            assertEquals(2, function.bars().size());
            assertEquals(List.of(Libc.O_RDONLY), accessModes(file("config")));
            assertEquals(List.of(), accessModes(file("resource0")));
        }
        assertEquals(List.of(), accessModes(file("config")));
    }

    @Test
    void whoLooksCanWriteNothing() throws IOException {
        byte[] before = Files.readAllBytes(file("config"));
        try (SysfsFunction function = SysfsFunction.inspect(sysfs.bus(), ADDRESS)) {
            Bar bar = function.bars().get(0);
            assertThrows(
                    IllegalStateException.class,
                    () -> function.config().write(ConfigRegister.COMMAND, 7));
            assertThrows(
                    IllegalStateException.class, () -> function.open(new Window(bar, 0, 0x20)));
            assertThrows(
                    IllegalStateException.class,
                    () -> function.dmaMemory(PciFunction.Addressing.PHYSICAL));
            function.reset();
        }
        assertArrayEquals(before, Files.readAllBytes(file("config")));
        assertEquals(List.of(), sysfs.written);
    }

    /** Linux gives 64 bytes without CAP_SYS_ADMIN, while the file says 256. */
    @Test
    void onlyTheHeaderIsThereWhenNoMoreCanBeRead() throws IOException {
        Files.write(file("config"), new byte[64]);
        try (SysfsFunction function = SysfsFunction.inspect(sysfs.bus(), ADDRESS)) {
            assertEquals(64, function.config().length());
        }
    }

    @Test
    void aFunctionThatADriverHasIsNotDriven() {
        sysfs.function("0000:00:05.0", "virtio-pci", -1);
        EnvironmentException e =
                assertThrows(
                        EnvironmentException.class,
                        () -> SysfsFunction.drive(sysfs.bus(), PciAddress.parse("00:05.0")));
        assertTrue(e.getMessage().contains("virtio-pci has it"), e.getMessage());
    }

    @Test
    void portBarsAreWrittenThroughTheirFileAndMemoryBarsMapped() throws IOException {
        try (SysfsFunction function = SysfsFunction.drive(sysfs.bus(), ADDRESS)) {
            Registers ports = function.open(new Window(function.bars().get(0), 0x10, 0x10));
            Registers memory = function.open(new Window(function.bars().get(1), 0x1000, 0x38));
            ports.write16(2, 0xbeef);
            memory.write32(4, 0x12345678);
        }
        assertEquals((byte) 0xef, Files.readAllBytes(file("resource0"))[0x12]);
        assertEquals(0x78, Files.readAllBytes(file("resource1"))[0x1004]);
        assertEquals(List.of(), accessModes(file("resource0")));
    }

    /** The kernel maps whole pages, and the file of a BAR begins where its page does. */
    @Test
    void aMemoryBarThatStartsInsideAPageIsFoundThere() throws IOException {
        sysfs.attribute(NAME, "resource", "0xfebd4020 0xfebd402f 0x40200");
        Files.write(file("resource0"), new byte[4096]);
        try (SysfsFunction function = SysfsFunction.drive(sysfs.bus(), ADDRESS)) {
            function.open(new Window(function.bars().get(0), 4, 4)).write8(0, 0x5a);
        }
        assertEquals(0x5a, Files.readAllBytes(file("resource0"))[0x24]);
    }

    /**
     * The null device stands for a BAR that the kernel does not let us map: it cannot be either.
     */
    @Test
    void aBarThatCannotBeMappedIsRefusedAndNothingStaysOpen() throws IOException {
        Files.delete(file("resource1"));
        Files.createSymbolicLink(file("resource1"), Path.of("/dev/null"));
        int before = accessModes(Path.of("/dev/null")).size();
        SysfsFunction function = SysfsFunction.drive(sysfs.bus(), ADDRESS);
        EnvironmentException e =
                assertThrows(
                        EnvironmentException.class,
                        () -> function.open(new Window(function.bars().get(1), 0x1000, 0x38)));
        assertTrue(e.getMessage().startsWith("mapping 0x"), e.getMessage());
        assertTrue(e.getMessage().contains("ENODEV"), e.getMessage());
        assertTrue(e.getMessage().contains("this BAR cannot be mapped"), e.getMessage());
        function.close();
        assertEquals(before, accessModes(Path.of("/dev/null")).size());
        assertEquals(0, Files.readAllBytes(file("config"))[4]);
        Files.delete(file("resource1"));
    }

    @Test
    void decodingIsTurnedOnForAWindowAndBackOnClose() {
        SysfsFunction function = SysfsFunction.drive(sysfs.bus(), ADDRESS);
        assertEquals(0, function.config().read(ConfigRegister.COMMAND));
        function.open(new Window(function.bars().get(0), 0, 0x20));
        assertEquals(3, function.config().read(ConfigRegister.COMMAND));
        function.close();
        try (SysfsFunction again = SysfsFunction.inspect(sysfs.bus(), ADDRESS)) {
            assertEquals(0, again.config().read(ConfigRegister.COMMAND));
        }
    }

    /** Transports turn decoding on by themselves: once that was taken for what was found. */
    @Test
    void whatWasFoundIsPutBackThoughTheDriverSwitchedDecodingOnFirst() {
        SysfsFunction function = SysfsFunction.drive(sysfs.bus(), ADDRESS);
        function.config().write(ConfigRegister.COMMAND, 3);
        function.open(new Window(function.bars().get(0), 0, 0x20));
        function.close();
        try (SysfsFunction again = SysfsFunction.inspect(sysfs.bus(), ADDRESS)) {
            assertEquals(0, again.config().read(ConfigRegister.COMMAND));
        }
    }

    @Test
    void interruptsAreMissingWithAReason() {
        try (SysfsFunction function = SysfsFunction.inspect(sysfs.bus(), ADDRESS)) {
            assertEquals(0, function.interrupts().msixVectors());
            assertTrue(function.interrupts().limitation().contains("polled"));
            assertThrows(EnvironmentException.class, () -> function.interrupts().enableMsix(1));
        }
    }

    @Test
    void addressesBehindAnIommuAreRefused() {
        sysfs.function(NAME, "", 1);
        try (SysfsFunction function = SysfsFunction.drive(sysfs.bus(), ADDRESS)) {
            EnvironmentException e =
                    assertThrows(
                            EnvironmentException.class,
                            () -> function.dmaMemory(PciFunction.Addressing.PLATFORM));
            assertTrue(e.getMessage().contains("vfio:" + NAME), e.getMessage());
        }
    }
}
