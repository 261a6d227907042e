package org.jvirtio.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.Feature;
import org.jvirtio.RequestException;
import org.jvirtio.RingFeature;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.partner.BlockPeer;
import org.jvirtio.partner.PartnerDisk;

/** Virtio 1.4 section 5.2: the calls that wait. */
class BlockDriverTest {

    private PartnerDisk disk;
    private BlockDriver driver;

    private void start(Feature... offered) {
        disk = new PartnerDisk(offered);
        driver = BlockDriver.start(disk.transport);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private void refuses(String message, Runnable request) {
        RequestException refused = assertThrows(RequestException.class, request::run);
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

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

    @ParameterizedTest
    @CsvSource({"1000, 512", "999, 1024", "-1, 512", "9223372036854775807, 512", "0, 512512"})
    void refusesToReachPastTheCapacity(long sector, int length) {
        start();

        refuses("the disk has 1000. Stay inside.", () -> driver.read(sector, new byte[length]));
        refuses("the disk has 1000. Stay inside.", () -> driver.write(sector, new byte[length]));
        assertTrue(disk.peer.seen.isEmpty());
    }

    @Test
    void reachesTheLastSector() {
        start();
        driver.read(999, new byte[512]);

        assertEquals(999, disk.peer.seen.get(0).sector());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 511", "0, 513", "1, 4096", "8, 512"})
    void refusesWhatIsNotWholeBlocks(long sector, int length) {
        disk = new PartnerDisk(BlockFeature.BLK_SIZE);
        disk.config.set(BlockConfig.BLK_SIZE, 4096);
        driver = BlockDriver.start(disk.transport);

        refuses("blocks of this disk are 4096", () -> driver.read(sector, new byte[length]));
    }

    @Test
    void refusesToWriteToAReadOnlyDisk() {
        start(BlockFeature.RO, BlockFeature.DISCARD, BlockFeature.WRITE_ZEROES);

        assertTrue(driver.isReadOnly());
        refuses("it is read-only", () -> driver.write(0, new byte[512]));
        refuses("it is read-only", () -> driver.discard(0, 1));
        refuses("it is read-only", () -> driver.writeZeroes(0, 1, false));
        assertTrue(disk.peer.seen.isEmpty());
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

    @Test
    void refusesWhatIsNotOffered() {
        start();

        refuses("does not offer DISCARD", () -> driver.discard(0, 1));
        refuses("does not offer WRITE_ZEROES", () -> driver.writeZeroes(0, 1, true));
    }

    /** A device that made other guests crash. */
    @Test
    void g11SwitchesOffWhatIsOfferedWithALimitOfNothing() {
        start(BlockFeature.DISCARD, BlockFeature.WRITE_ZEROES);

        refuses("offers DISCARD with a limit of nothing", () -> driver.discard(0, 1));
        refuses("offers WRITE_ZEROES with a limit", () -> driver.writeZeroes(0, 1, true));
    }

    @ParameterizedTest
    @CsvSource({
        "1, the device answered IOERR (1)",
        "2, the device answered UNSUPP (2)",
        "3, a status that means nothing",
        "254, a status that means nothing",
        "-1, without writing its status"
    })
    void b1ReportsEveryStatusThatIsNotOk(int status, String message) {
        start();
        disk.peer.status = status;

        refuses(message, () -> driver.read(4, new byte[512]));
        refuses(message, () -> driver.write(4, random(512)));
        refuses("writing 512 bytes at sector 4: ", () -> driver.write(4, random(512)));

        disk.peer.status = 0;
        driver.read(4, new byte[512]);
    }

    @Test
    void u7HandsOutNothingWhenTheDeviceReportsTooFewBytes() {
        start(RingFeature.VERSION_1);
        Arrays.fill(disk.peer.disk, (byte) 9);
        disk.peer.underReport = 1;
        byte[] target = new byte[512];

        refuses("reports fewer bytes than were asked for", () -> driver.read(0, target));

        assertArrayEquals(new byte[512], target);
    }

    /** Section 5.2.6.3: without VERSION_1 the driver "SHOULD ignore the used length values". */
    @Test
    void ignoresUsedLengthsWithoutVersion1() {
        start();
        Arrays.fill(disk.peer.disk, (byte) 9);
        disk.peer.underReport = 500;
        byte[] target = new byte[512];

        driver.read(0, target);

        assertEquals(9, target[511]);
    }

    /** Split and packed, in descriptors of the ring and in a table. */
    static Stream<Named<RingFeature[]>> everyWayToLayARequestOut() {
        return Stream.of(
                Named.of("split", new RingFeature[] {}),
                Named.of("split, table", new RingFeature[] {RingFeature.INDIRECT_DESC}),
                Named.of("packed", new RingFeature[] {RingFeature.RING_PACKED}),
                Named.of(
                        "packed, table",
                        new RingFeature[] {RingFeature.RING_PACKED, RingFeature.INDIRECT_DESC}));
    }

    /** Named for the device that wrote four bytes for a status of one. */
    @ParameterizedTest
    @MethodSource("everyWayToLayARequestOut")
    void u12FindsAStatusOfFourBytes(RingFeature[] ring) {
        start(ring);
        disk.peer.statusBytes = 4;

        DeviceBrokenException broken =
                assertThrows(DeviceBrokenException.class, () -> driver.read(0, new byte[512]));
        assertTrue(broken.getMessage().contains("beside its status byte"), broken.getMessage());
        assertThrows(DeviceBrokenException.class, () -> driver.read(0, new byte[512]));
    }

    @ParameterizedTest
    @MethodSource("everyWayToLayARequestOut")
    void u12FindsDataWrittenPastItsBuffer(RingFeature[] ring) {
        start(ring);
        disk.peer.dataOverrun = 1;

        DeviceBrokenException broken =
                assertThrows(
                        DeviceBrokenException.class, () -> driver.read(0, new byte[128 * 1024]));
        assertTrue(broken.getMessage().contains("outside the data buffer"), broken.getMessage());
    }

    @Test
    void b3ReadsANameOfTwentyBytesWithoutAnEnd() {
        start();
        disk.peer.id = "disk-0123456789-\u0001\u0002ab".getBytes(StandardCharsets.US_ASCII);
        assertEquals(Optional.of("disk-0123456789-??ab"), driver.id());

        disk.peer.id = Arrays.copyOf("vda".getBytes(StandardCharsets.US_ASCII), 20);
        assertEquals(Optional.of("vda"), driver.id());

        disk.peer.knowsId = false;
        assertFalse(driver.id().isPresent());
    }

    @Test
    void showsNoDataOfEarlierReadsInTheName() {
        start();
        Arrays.fill(disk.peer.disk, (byte) 'x');
        driver.read(0, new byte[512]);
        disk.peer.id = "vd".getBytes(StandardCharsets.US_ASCII);

        assertEquals(Optional.of("vd"), driver.id());
    }

    @Test
    void readsACapacityThatChanged() {
        start();
        disk.config.set(BlockConfig.CAPACITY, 10);
        driver.refresh();

        assertEquals(10, driver.geometry().capacitySectors());
        refuses("the disk has 10", () -> driver.read(10, new byte[512]));
    }

    @Test
    void doesNotWaitWhileOthersAreInFlight() {
        start();
        disk.peer.holds = true;
        driver.queue(0).offerRead(0, driver.device().allocate(512, 512), 0, 512, 1);
        driver.queue(0).submit();

        assertThrows(IllegalStateException.class, () -> driver.read(0, new byte[512]));
    }

    /**
     * U10, U11: the buffer of a write that timed out is still the device's. A second write once put
     * its bytes there before it was refused, so a late device wrote them to the first one's sector.
     */
    @Test
    void u11LeavesTheBytesOfAWriteThatTimedOutToTheDevice() {
        System.setProperty("jvirtio.requestMillis", "20");
        try {
            start();
        } finally {
            System.clearProperty("jvirtio.requestMillis");
        }
        disk.peer.holds = true;
        byte[] first = random(512);
        assertThrows(DeviceTimeoutException.class, () -> driver.write(5, first));

        assertThrows(DeviceBrokenException.class, () -> driver.write(9, random(1024)));
        assertThrows(DeviceBrokenException.class, driver::id);
        disk.peer.release(disk.ring(), disk.transport.memory, new Random(1), 1);

        assertArrayEquals(first, Arrays.copyOfRange(disk.peer.disk, 5 * 512, 6 * 512));
    }

    /** The memory is gone by then: touching it would end the process. */
    @Test
    void touchesNoMemoryAfterItIsClosed() {
        start();
        DmaRegion data = driver.device().allocate(512, 512);
        driver.close();
        byte[] left = disk.transport.memory.contents();

        assertThrows(DeviceBrokenException.class, () -> driver.write(0, random(512)));
        assertThrows(DeviceBrokenException.class, () -> driver.read(0, new byte[512]));
        assertThrows(
                DeviceBrokenException.class, () -> driver.queue(0).offerRead(0, data, 0, 512, 1));

        assertArrayEquals(left, disk.transport.memory.contents());
    }

    @Test
    void neverAcceptsZonedOrWhatItDoesNotUse() {
        start(BlockFeature.RO, BlockFeature.ZONED, BlockFeature.CONFIG_WCE, BlockFeature.MQ);

        assertFalse(driver.device().has(BlockFeature.ZONED));
        assertFalse(driver.device().has(BlockFeature.CONFIG_WCE));
        assertFalse(driver.device().has(BlockFeature.MQ));
        assertTrue(driver.device().has(BlockFeature.RO));
    }
}
