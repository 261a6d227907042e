package org.jvirtio.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.Registers;
import org.jvirtio.linux.MappedRegisters;
import org.jvirtio.linux.MemoryFile;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.pci.Window;
import org.jvirtio.vfio.CapabilityHeaderField;
import org.jvirtio.vfio.RegionInfoField;
import org.jvirtio.vfio.SparseMmapField;

/**
 * Regions that may be mapped, and what a server can lie about (VFIO_USER_DEVICE_GET_REGION_INFO).
 */
class RegionInfoTest extends VfioUserTest {

    private static final int SPARSE = 32;

    private MemoryFile file;
    private long position = 0x1000;
    private int descriptors = 1;
    private int areas = -1;
    private int claimed = -1;
    private long[] list = {};
    private int needed;

    @BeforeEach
    void makeFile() {
        file = MemoryFile.create(0x4000);
    }

    @AfterEach
    void closeFile() {
        file.close();
    }

    /** BAR 1 from byte {@code position} of the file on, which is mapped in these areas only. */
    private void offer(long... offsetsAndSizes) {
        list = offsetsAndSizes;
        areas = offsetsAndSizes.length / 2;
        server.answering(Command.DEVICE_GET_REGION_INFO, this::answer);
    }

    private void answer(MessageSocket socket) {
        int index = socket.received().payload().read32(RegionInfoField.INDEX.offset());
        int room = socket.received().payload().read32(RegionInfoField.ARGSZ.offset());
        int length = server.plainRegion(socket);
        if (index == ScriptedServer.BAR) {
            length = mapped(socket.out(4096), room);
            for (int i = 0; i < descriptors; i++) {
                socket.attach(file.descriptor().fd());
            }
        }
        socket.sendReply(length);
    }

    private int mapped(NativeMemory out, int room) {
        int length = SPARSE + SparseMmapField.LENGTH + areas * SparseMmapField.AREA_LENGTH;
        int flags = RegionInfoField.FLAG_MMAP | RegionInfoField.FLAG_CAPS;
        out.write32(RegionInfoField.ARGSZ.offset(), Math.max(length, needed));
        out.write32(RegionInfoField.FLAGS.offset(), flags);
        out.write32(RegionInfoField.INDEX.offset(), ScriptedServer.BAR);
        out.write32(RegionInfoField.CAP_OFFSET.offset(), SPARSE);
        out.write64(RegionInfoField.SIZE.offset(), ScriptedServer.BAR_LENGTH);
        out.write64(RegionInfoField.OFFSET.offset(), position);
        if (room < needed) {
            return RegionInfoField.LENGTH;
        }
        out.write32(SPARSE + CapabilityHeaderField.ID.offset(), 1 << 16 | 1);
        out.write32(SPARSE + CapabilityHeaderField.NEXT.offset(), 0);
        out.write32(SPARSE + SparseMmapField.NR_AREAS.offset(), claimed < 0 ? areas : claimed);
        for (int i = 0; i < areas; i++) {
            int at = SPARSE + i * SparseMmapField.AREA_LENGTH;
            out.write64(at + SparseMmapField.AREA_OFFSET.offset(), list[2 * i]);
            out.write64(at + SparseMmapField.AREA_SIZE.offset(), list[2 * i + 1]);
        }
        return length;
    }

    private static Registers open(VfioUserFunction function, long offset, long length) {
        return function.open(new Window(function.bars().get(0), offset, length));
    }

    @Test
    void aWindowInAnAreaIsMapped() {
        offer(0x1000, 0x1000);
        try (VfioUserFunction function = function()) {
            Registers registers = open(function, 0x1010, 0x20);
            assertTrue(registers instanceof MappedRegisters);
            file.memory().write32(0x1000 + 0x1014, 0x1234);
            assertEquals(0x1234, registers.read32(4));
            registers.write16(8, 0xbeef);
            assertEquals(0xbeef, file.memory().read16(0x1000 + 0x1018));
            assertFalse(server.asked.contains(Command.DEVICE_GET_REGION_IO_FDS));
        }
    }

    /** A late access would end the process if it were still tried. */
    @Test
    void aMappedWindowIsGoneWithItsFunction() {
        offer(0x1000, 0x1000);
        VfioUserFunction function = function();
        Registers registers = open(function, 0x1010, 0x20);
        function.close();
        assertThrows(IndexOutOfBoundsException.class, () -> registers.read32(4));
    }

    @Test
    void aWindowOutsideOfTheAreasIsMadeOfMessages() {
        offer(0x1000, 0x1000);
        try (VfioUserFunction function = function()) {
            assertFalse(open(function, 0, 0x20) instanceof MappedRegisters);
            assertFalse(open(function, 0xff0, 0x20) instanceof MappedRegisters);
            assertFalse(open(function, 0x1ff0, 0x20) instanceof MappedRegisters);
        }
    }

    /** A page can only be mapped whole, and what else is in it was not offered. */
    @Test
    void anAreaThatIsLessThanAPageIsMadeOfMessages() {
        offer(0x1010, 0x100);
        try (VfioUserFunction function = function()) {
            assertFalse(open(function, 0x1010, 0x20) instanceof MappedRegisters);
        }
    }

    @Test
    void noAreasAtAllAreNothingToMap() {
        offer();
        try (VfioUserFunction function = function()) {
            assertFalse(open(function, 0, 0x20) instanceof MappedRegisters);
        }
    }

    /** "The client then retries the operation with a larger receive buffer." */
    @Test
    void anAnswerThatHadNoRoomIsAskedForAgain() {
        offer(0, 0x3000);
        needed = 0x2000;
        try (VfioUserFunction function = function()) {
            assertTrue(open(function, 0x2000, 0x1000) instanceof MappedRegisters);
        }
    }

    @Test
    void anAnswerThatNeedsMoreThanAnyCanEndsTheSession() {
        offer(0, 0x3000);
        needed = 1 << 30;
        refused(DeviceBrokenException.class, "0x40000000 bytes of information");
    }

    @Test
    void aRegionToBeMappedWithoutItsDescriptorEndsTheSession() {
        offer(0, 0x3000);
        descriptors = 0;
        refused(DeviceBrokenException.class, "to be mapped, with 0 descriptors");
    }

    @Test
    void aRegionWithTwoDescriptorsEndsTheSession() {
        offer(0, 0x3000);
        descriptors = 2;
        refused(DeviceBrokenException.class, "to be mapped, with 2 descriptors");
    }

    @Test
    void moreAreasThanThereAreEndTheSession() {
        offer(0, 0x1000);
        claimed = 2;
        refused(DeviceBrokenException.class, "a list of 2 areas with room for 1");
    }

    @Test
    void anAreaBehindItsRegionEndsTheSession() {
        offer(0x2000, 0x2000);
        refused(DeviceBrokenException.class, "an area 0x2000+0x2000");
    }

    @Test
    void anAreaWhoseEndWrapsEndsTheSession() {
        offer(0x1000, Long.MAX_VALUE);
        refused(DeviceBrokenException.class, "an area 0x1000+0x7fffffffffffffff");
    }

    /** An access behind the end of a file would be a fault of the whole JVM. */
    @Test
    void aFileThatIsShorterThanItsAreasEndsTheSession() {
        offer(0, 0x3000);
        position = 0x2000;
        refused(DeviceBrokenException.class, "of a file of 0x4000 bytes");
    }

    @Test
    void aPositionThatIsNoPageEndsTheSession() {
        offer(0, 0x1000);
        position = 0x10;
        refused(DeviceBrokenException.class, "to be mapped at 0x10");
    }

    @Test
    void aNegativeSizeEndsTheSession() {
        server.answering(
                Command.DEVICE_GET_REGION_INFO,
                socket -> {
                    int length = server.plainRegion(socket);
                    socket.out().write64(RegionInfoField.SIZE.offset(), -4096);
                    socket.sendReply(length);
                });
        refused(DeviceBrokenException.class, "0xfffffffffffff000 bytes");
    }

    @Test
    void anotherRegionThanAskedForEndsTheSession() {
        server.answering(
                Command.DEVICE_GET_REGION_INFO,
                socket -> {
                    int length = server.plainRegion(socket);
                    socket.out().write32(RegionInfoField.INDEX.offset(), 8);
                    socket.sendReply(length);
                });
        refused(DeviceBrokenException.class, "region 8 of");
    }

    @Test
    void aConfigurationSpaceThatIsTooSmallEndsTheSession() {
        server.answering(
                Command.DEVICE_GET_REGION_INFO,
                socket -> {
                    int length = server.plainRegion(socket);
                    socket.out().write64(RegionInfoField.SIZE.offset(), 63);
                    socket.sendReply(length);
                });
        refused(DeviceBrokenException.class, "a configuration space of 0x3f bytes");
    }
}
