package org.jvirtio.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.RingFeature;

/** Virtio 1.4 section 5.2.6: answers of a device that are not what they have to be. */
class BlockFaultTest extends StartedDisk {

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
}
