package org.jvirtio.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Registers;
import org.jvirtio.VirtioException;
import org.jvirtio.linux.Errno;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.PciFunction.Addressing;
import org.jvirtio.pci.Window;

/** A function at the other end of a socket, as everybody else sees it. */
class VfioUserFunctionTest extends VfioUserTest {

    @Test
    void theConfigurationSpaceIsRegionSeven() {
        try (VfioUserFunction function = function()) {
            assertTrue(function.name().startsWith("vfio-user:/"), function.name());
            assertEquals(256, function.config().length());
            assertEquals(0x1af4, function.config().read(ConfigRegister.VENDOR_ID));
            assertEquals(0x1041, function.config().read(ConfigRegister.DEVICE_ID));
            assertEquals(1, function.config().read8(0x3d));
            assertThrows(IndexOutOfBoundsException.class, () -> function.config().read32(256));
        }
    }

    /** Nobody has given it an address; a dump would say that there is no such BAR. */
    @Test
    void aBarHasTheLengthOfItsRegionAndTheKindOfItsRegister() {
        server.config.write32(0x14, 0xc);
        try (VfioUserFunction function = function()) {
            assertEquals(
                    List.of(new Bar(1, Bar.Space.MEMORY, true, true, 0, ScriptedServer.BAR_LENGTH)),
                    function.bars());
        }
    }

    @Test
    void anIoBarIsToldFromMemory() {
        server.config.write32(0x14, 0xc001);
        try (VfioUserFunction function = function()) {
            assertEquals(Bar.Space.IO, function.bars().get(0).space());
            assertEquals(0xc000, function.bars().get(0).address());
        }
    }

    @Test
    void registersAreReadAndWrittenWithTheirWidth() {
        try (VfioUserFunction function = function()) {
            Registers bar = bar(function);
            server.bar.write64(8, 0x8877665544332211L);
            assertEquals(0x22, bar.read8(9));
            assertEquals(0x4433, bar.read16(10));
            assertEquals(0x88776655, bar.read32(12));
            bar.write8(8, 0x1fe);
            bar.write16(10, 0xabcd);
            bar.write32(12, -1);
            assertEquals(0xffffffffabcd22feL, server.bar.read64(8));
            Registers part = function.open(new Window(function.bars().get(0), 0x1000, 4));
            part.write32(0, 7);
            assertEquals(7, server.bar.read32(0x1000));
            assertThrows(IndexOutOfBoundsException.class, () -> part.read32(4));
        }
    }

    @Test
    void openingAWindowLetsTheFunctionDecodeAndMemoryLetsItMaster() {
        try (VfioUserFunction function = function()) {
            assertEquals(0, server.config.read16(4));
            bar(function);
            assertEquals(3, server.config.read16(4));
            function.dmaMemory(Addressing.PHYSICAL);
            assertEquals(7, server.config.read16(4));
        }
        assertEquals(0, server.config.read16(4), "put back");
    }

    @Test
    void aResetIsARequest() {
        try (VfioUserFunction function = function()) {
            function.reset();
            assertTrue(server.asked.contains(Command.DEVICE_RESET));
        }
    }

    @Test
    void anAccessThatIsRefusedSaysWhyAndTheSessionGoesOn() {
        try (VfioUserFunction function = function()) {
            Registers bar = bar(function);
            server.answering(Command.REGION_READ, socket -> socket.sendError(Errno.EINVAL));
            DeviceBrokenException refused =
                    assertThrows(DeviceBrokenException.class, () -> bar.read32(0x10));
            assertTrue(refused.getMessage().contains("EINVAL"), refused.getMessage());
            assertTrue(refused.getMessage().contains("0x10 of region 1"), refused.getMessage());
            server.answering(Command.REGION_READ, server::regionRead);
            assertEquals(0, bar.read32(0x10));
        }
    }

    @Test
    void anAnswerToAnotherAccessEndsTheSession() {
        VfioUserFunction function = function();
        Registers bar = bar(function);
        server.answering(
                Command.REGION_READ,
                socket -> {
                    socket.out()
                            .copyFrom(0, socket.received().payload(), 0, RegionAccessField.LENGTH);
                    socket.out().write64(RegionAccessField.OFFSET.offset(), 4);
                    socket.sendReply(RegionAccessField.LENGTH, server.bar, 0, 4);
                });
        assertThrows(DeviceBrokenException.class, () -> bar.read32(8));
        assertThrows(DeviceBrokenException.class, () -> bar.write32(8, 0));
        assertThrows(VirtioException.class, function::close);
        function.close();
    }

    @Test
    void anAnswerWithoutItsDataEndsTheSession() {
        VfioUserFunction function = function();
        server.answering(Command.REGION_READ, server::regionWrite);
        DeviceBrokenException broken =
                assertThrows(DeviceBrokenException.class, () -> function.config().read32(0));
        assertTrue(broken.getMessage().contains("needs 0x14"), broken.getMessage());
        function.close();
    }

    @Test
    void aServerThatDiesIsATypedErrorAndEverythingIsGivenUp() {
        VfioUserFunction function = function();
        Registers bar = bar(function);
        DmaRegion region = function.dmaMemory(Addressing.PHYSICAL).allocate(4096, 4096);
        function.interrupts().enableMsix(2);
        server.close();
        assertThrows(DeviceBrokenException.class, () -> bar.write32(0, 1));
        region.memory().write32(0, 1); // still ours until it is closed
        assertThrows(VirtioException.class, function::close);
    }

    @Test
    void aServerOfSomethingElseThanPciIsRefused() {
        server.answering(
                Command.DEVICE_GET_INFO,
                socket -> {
                    socket.out().fill(0, DeviceInfoField.LENGTH, 0);
                    socket.sendReply(DeviceInfoField.LENGTH);
                });
        refused(DeviceBrokenException.class, "no PCI function");
    }

    @Test
    void aRequestThatEveryServerKnowsAndThisOneDoesNotIsAnErrorOfTheEnvironment() {
        server.answering(Command.DEVICE_GET_INFO, socket -> socket.sendError(Errno.ENOSYS));
        refused(EnvironmentException.class, "ENOSYS");
    }

    @Test
    void aServerThatDoesNotTakeTheWidthOfARegisterIsNotSentOne() {
        server.capabilities = new Capabilities(8, 2, 10, 4096, false, -1, false);
        refused(DeviceBrokenException.class, "at most 2 bytes");
    }

    @Test
    void anAccessAfterTheFunctionIsClosedIsAnError() {
        VfioUserFunction function = function();
        Registers bar = bar(function);
        function.close();
        function.close();
        assertThrows(DeviceBrokenException.class, () -> bar.read32(0));
        assertThrows(DeviceBrokenException.class, () -> bar.write32(0, 1));
    }

    /** One socket, and each thread gets the answer to its own request. */
    @Test
    void severalThreadsUseTheRegistersAtOnce() {
        try (VfioUserFunction function = function()) {
            Registers bar = bar(function);
            IntStream.range(0, 4)
                    .mapToObj(thread -> CompletableFuture.runAsync(() -> count(bar, 16 * thread)))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
    }

    private static void count(Registers bar, int offset) {
        for (int i = 0; i < 500; i++) {
            bar.write32(offset, offset + i);
            assertEquals(offset + i, bar.read32(offset));
        }
    }

    @Test
    void anAccessAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (VfioUserFunction function = function()) {
            Registers bar = bar(function);
            access(bar, 5_000);
            long start = threads.getCurrentThreadAllocatedBytes();
            access(bar, 5_000);
            long allocated = threads.getCurrentThreadAllocatedBytes() - start;
            assertTrue(allocated < 5_000, allocated + " bytes in 10,000 accesses");
            assertFalse(allocated < 0);
        }
    }

    private static void access(Registers bar, int rounds) {
        for (int i = 0; i < rounds; i++) {
            bar.write32(0x20, i);
            assertEquals(i, bar.read32(0x20));
        }
    }
}
