package org.jvirtio.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.Registers;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.pci.PciFunction.Addressing;
import org.jvirtio.pci.Window;

/**
 * Every message of the client, byte by byte as the tables of the specification draw it (QEMU 10.2,
 * docs/interop/vfio-user.rst). The bytes are written here by hand, so that an offset that is wrong
 * in our enums and on both of our ends shows all the same.
 *
 * <pre>
 *   id(2) command(2) size(4) flags(4) error(4), then the payload
 * </pre>
 */
@Timeout(30)
class ClientWireTest {

    @TempDir private static Path directory;

    private static WireCapture capture;

    @BeforeAll
    static void talk() {
        Path path = directory.resolve("socket");
        capture = new WireCapture(path);
        try (WireCapture server = capture;
                VfioUserFunction function = VfioUserFunction.open(path, Duration.ofSeconds(5))) {
            Registers bar = function.open(new Window(function.bars().get(0), 0x100, 0x20));
            bar.write16(4, 0xbeef);
            bar.read32(8);
            DmaRegion region = function.dmaMemory(Addressing.PHYSICAL).allocate(4096, 4096);
            region.memory().write32(0x100, 0x44332211);
            function.interrupts().enableMsix(2);
            function.reset();
            assertEquals(0x0d0c0b0a, region.memory().read32(0x104));
            assertTrue(server.of(1).size() == 1);
        }
    }

    /** The id, which is any, is left out. */
    private static void isSent(WireCapture.Message message, int descriptors, String... rows) {
        assertEquals(String.join(" ", rows), message.bytes().substring(6));
        assertEquals(descriptors, message.descriptors());
    }

    private static WireCapture.Message first(int command) {
        return capture.of(command).get(0);
    }

    @Test
    void versionIsMajorMinorAndJsonThatANulEnds() {
        String json =
                "{\"capabilities\":{\"max_msg_fds\":64,\"max_data_xfer_size\":1048576,"
                        + "\"max_dma_maps\":65535,\"pgsizes\":4096,\"twin_socket\":"
                        + "{\"supported\":true},\"write_multiple\":false}}\0";
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        isSent(
                first(1),
                0,
                String.format("01 00 %02x 00 00 00", 20 + text.length),
                "00 00 00 00 00 00 00 00",
                "00 00 02 00",
                HexFormat.ofDelimiter(" ").formatHex(text));
    }

    @Test
    void dmaMapIsArgszFlagsOffsetAddressSizeWithItsDescriptor() {
        isSent(
                first(2),
                1,
                "02 00 30 00 00 00 00 00 00 00 00 00 00 00",
                "20 00 00 00 03 00 00 00",
                "00 00 00 00 00 00 00 00",
                "00 00 00 00 01 00 00 00",
                "00 00 20 00 00 00 00 00");
    }

    @Test
    void dmaUnmapIsArgszFlagsAddressSize() {
        isSent(
                first(3),
                0,
                "03 00 28 00 00 00 00 00 00 00 00 00 00 00",
                "18 00 00 00 00 00 00 00",
                "00 00 00 00 01 00 00 00",
                "00 00 20 00 00 00 00 00");
    }

    @Test
    void deviceInfoIsAskedForWithArgszAlone() {
        isSent(
                first(4),
                0,
                "04 00 20 00 00 00 00 00 00 00 00 00 00 00",
                "10 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00");
    }

    @Test
    void regionInfoIsAskedForWithArgszAndIndex() {
        List<WireCapture.Message> asked = capture.of(5);
        assertEquals(7, asked.size());
        isSent(
                asked.get(6),
                0,
                "05 00 30 00 00 00 00 00 00 00 00 00 00 00",
                "00 10 00 00 00 00 00 00 07 00 00 00 00 00 00 00",
                "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00");
    }

    @Test
    void regionIoFdsAreAskedForWithArgszAndIndex() {
        isSent(
                first(6),
                0,
                "06 00 20 00 00 00 00 00 00 00 00 00 00 00",
                "00 00 01 00 00 00 00 00 01 00 00 00 00 00 00 00");
    }

    @Test
    void irqInfoIsAskedForWithArgszAndIndex() {
        isSent(
                first(7),
                0,
                "07 00 20 00 00 00 00 00 00 00 00 00 00 00",
                "10 00 00 00 00 00 00 00 02 00 00 00 00 00 00 00");
    }

    /** DATA_EVENTFD 4, ACTION_TRIGGER 0x20; then DATA_NONE 1 with count 0. */
    @Test
    void setIrqsIsArgszFlagsIndexStartCountWithItsDescriptors() {
        isSent(
                first(8),
                2,
                "08 00 24 00 00 00 00 00 00 00 00 00 00 00",
                "14 00 00 00 24 00 00 00 02 00 00 00 00 00 00 00 02 00 00 00");
        isSent(
                capture.of(8).get(1),
                0,
                "08 00 24 00 00 00 00 00 00 00 00 00 00 00",
                "14 00 00 00 21 00 00 00 02 00 00 00 00 00 00 00 00 00 00 00");
    }

    @Test
    void regionReadIsOffsetRegionCount() {
        List<WireCapture.Message> reads = capture.of(9);
        String bar =
                "09 00 20 00 00 00 00 00 00 00 00 00 00 00"
                        + " 08 01 00 00 00 00 00 00 01 00 00 00 04 00 00 00";
        assertTrue(reads.stream().anyMatch(read -> read.bytes().substring(6).equals(bar)));
    }

    @Test
    void regionWriteIsOffsetRegionCountData() {
        List<WireCapture.Message> writes = capture.of(10);
        String bar =
                "0a 00 22 00 00 00 00 00 00 00 00 00 00 00"
                        + " 04 01 00 00 00 00 00 00 01 00 00 00 02 00 00 00 ef be";
        assertTrue(writes.stream().anyMatch(write -> write.bytes().substring(6).equals(bar)));
    }

    @Test
    void theReplyToDmaReadIsAddressCountData() {
        assertEquals(
                "5a 5a 0b 00 24 00 00 00 01 00 00 00 00 00 00 00"
                        + " 00 01 00 00 01 00 00 00 04 00 00 00 00 00 00 00 11 22 33 44",
                first(11).bytes());
    }

    @Test
    void theReplyToDmaWriteIsAddressCount() {
        assertEquals(
                "5a 5a 0c 00 20 00 00 00 01 00 00 00 00 00 00 00"
                        + " 04 01 00 00 01 00 00 00 04 00 00 00 00 00 00 00",
                first(12).bytes());
    }

    @Test
    void deviceResetIsAHeader() {
        isSent(first(13), 0, "0d 00 10 00 00 00 00 00 00 00 00 00 00 00");
    }
}
