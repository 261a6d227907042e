package org.jvirtio.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvirtio.RingFeature;
import org.jvirtio.partner.BlockPeer;
import org.jvirtio.partner.PartnerDisk;

/** Virtio 1.4 section 5.2: the calls that wait, and what they make of a device. */
class BlockDriverTest extends StartedDisk {

    @ParameterizedTest
    @EnumSource(
            value = RingFeature.class,
            names = {"NOTIFY_ON_EMPTY", "INDIRECT_DESC", "EVENT_IDX", "VERSION_1", "ANY_LAYOUT"})
    void readsBackWhatItWroteWithEachFeature(RingFeature feature) {
        start(feature);
        byte[] written = random(3 * 512);
        byte[] read = new byte[3 * 512];

        driver.write(7, written);
        driver.read(7, read);

        assertArrayEquals(written, read);
        assertArrayEquals(written, Arrays.copyOfRange(disk.peer.disk, 7 * 512, 10 * 512));
    }

    /** The bytes of section 5.2.6, as the device sees them. */
    @Test
    void sendsHeaderDataAndStatusInDescriptorsOfTheirOwn() {
        start();
        driver.read(0x123, new byte[1024]);

        BlockPeer.Seen seen = disk.peer.seen.get(0);
        assertEquals(0, seen.type());
        assertEquals(0, seen.reserved());
        assertEquals(0x123, seen.sector());
        assertEquals(1, seen.data().size());
        assertEquals(1024, seen.dataBytes());
    }

    @Test
    void splitsWhatIsLongerThanItsBuffer() {
        start();
        byte[] written = random(900 * 512);
        byte[] read = new byte[written.length];

        driver.write(100, written);
        driver.read(100, read);

        assertArrayEquals(written, read);
        assertEquals(8, disk.peer.seen.size());
        assertEquals(128 * 1024, disk.peer.seen.get(0).dataBytes());
        assertEquals(100 + 256, disk.peer.seen.get(1).sector());
    }

    @ParameterizedTest
    @CsvSource({
        "512, 1, 512, 1", // one sector in one piece
        "600, 4, 2048, 4", // 2400 bytes, of which whole sectors: 600 + 600 + 600 + 248
        "100, 126, 1536, 16", // at most 16 segments of ours: 1600 bytes
        "0xffffffff, 0xffffffff, 131072, 1"
    })
    void splitsBySizeMaxAndSegMax(String sizeMax, String segMax, int bytes, int segments) {
        disk = new PartnerDisk(BlockFeature.SIZE_MAX, BlockFeature.SEG_MAX);
        disk.config.set(BlockConfig.SIZE_MAX, Long.decode(sizeMax));
        disk.config.set(BlockConfig.SEG_MAX, Long.decode(segMax));
        driver = BlockDriver.start(disk.transport);
        byte[] written = random(512 * 512);
        byte[] read = new byte[written.length];

        driver.write(1, written);
        driver.read(1, read);

        assertArrayEquals(written, read);
        assertEquals(bytes, disk.peer.seen.get(0).dataBytes());
        assertEquals(segments, disk.peer.seen.get(0).data().size());
    }

    @Test
    void usesOneDataBufferWithoutSegMax() {
        disk = new PartnerDisk(BlockFeature.SIZE_MAX);
        disk.config.set(BlockConfig.SIZE_MAX, 4096);
        driver = BlockDriver.start(disk.transport);

        driver.read(0, new byte[8192]);

        assertEquals(2, disk.peer.seen.size());
        assertEquals(1, disk.peer.seen.get(0).data().size());
    }

    @Test
    void flushesWhereThatIsOffered() {
        start(BlockFeature.FLUSH);
        driver.flush();

        assertEquals(4, disk.peer.seen.get(0).type());
    }

    @Test
    void needsNoFlushOnADiskThatWritesThrough() {
        start();
        driver.flush();

        assertTrue(disk.peer.seen.isEmpty());
    }

    @Test
    void discardsInPiecesThatTheDeviceTakes() {
        disk = new PartnerDisk(BlockFeature.DISCARD);
        disk.config.set(BlockConfig.MAX_DISCARD_SECTORS, 100);
        disk.config.set(BlockConfig.MAX_DISCARD_SEG, 1);
        driver = BlockDriver.start(disk.transport);

        driver.discard(50, 250);

        assertEquals(11, disk.peer.seen.get(0).type());
        assertEquals(0, disk.peer.seen.get(0).sector());
        assertEquals(3, disk.peer.ranges().size());
        assertArrayEquals(range(50, 100, 0), disk.peer.ranges().get(0));
        assertArrayEquals(range(250, 50, 0), disk.peer.ranges().get(2));
    }

    @Test
    void zeroesWithAndWithoutGivingBack() {
        disk = new PartnerDisk(BlockFeature.WRITE_ZEROES);
        disk.config.set(BlockConfig.MAX_WRITE_ZEROES_SECTORS, 0xffff_ffffL);
        disk.config.set(BlockConfig.MAX_WRITE_ZEROES_SEG, 1);
        driver = BlockDriver.start(disk.transport);

        driver.writeZeroes(8, 16, false);
        driver.writeZeroes(8, 16, true);

        assertEquals(13, disk.peer.seen.get(0).type());
        assertArrayEquals(range(8, 16, 0), disk.peer.ranges().get(0));
        assertArrayEquals(range(8, 16, 1), disk.peer.ranges().get(1));
    }

    private static byte[] range(long sector, int sectors, int flags) {
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.putLong(sector).putInt(sectors).putInt(flags).array();
    }
}
