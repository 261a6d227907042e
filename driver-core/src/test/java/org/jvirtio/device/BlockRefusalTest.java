package org.jvirtio.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.partner.PartnerDisk;

/** Virtio 1.4 section 5.2: what the driver never asks of a device, and says so. */
class BlockRefusalTest extends StartedDisk {

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
