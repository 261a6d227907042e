package org.jvirtio.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.LayoutException;
import org.jvirtio.partner.PartnerDisk;

/** Virtio 1.4 section 5.2.4, and devices whose configuration cannot be true. */
class BlockConfigTest {

    @ParameterizedTest
    @EnumSource(BlockConfig.class)
    void everyFieldIsAlignedToItsWidth(BlockConfig field) {
        assertEquals(0, field.offset() % field.width());
    }

    @ParameterizedTest
    @EnumSource(BlockField.class)
    void everyFieldOfARequestIsAlignedToItsWidth(BlockField field) {
        assertEquals(0, field.offset() % field.width());
    }

    private static LayoutException refused(PartnerDisk disk) {
        LayoutException refused =
                assertThrows(LayoutException.class, () -> BlockDriver.start(disk.transport));
        assertTrue(disk.transport.closed);
        assertTrue(disk.transport.calls.contains("FAILED"));
        assertEquals(0, disk.transport.memory.openRegions());
        return refused;
    }

    /** Section 2.5.1; the geometry, and then the limits. */
    @Test
    void readsWhatBelongsTogetherAtOneMoment() {
        PartnerDisk disk = new PartnerDisk(BlockFeature.BLK_SIZE, BlockFeature.TOPOLOGY);
        disk.config
                .set(BlockConfig.CAPACITY, 0x12_3456_7890L)
                .set(BlockConfig.BLK_SIZE, 1024)
                .set(BlockConfig.PHYSICAL_BLOCK_EXP, 2)
                .set(BlockConfig.ALIGNMENT_OFFSET, 1)
                .set(BlockConfig.MIN_IO_SIZE, 4)
                .set(BlockConfig.OPT_IO_SIZE, 0xffff_ffffL);

        BlockDriver driver = BlockDriver.start(disk.transport);

        assertEquals(
                new BlockGeometry(0x12_3456_7890L, 1024, 4096, 1, 4, 0xffff_ffffL),
                driver.geometry());
        assertEquals(2, disk.config.consistentReadings());
    }

    /**
     * The capacity was judged within the reading, so a disk that changed its size from 0xffffffff
     * to 0x100000000 sectors while it was read was refused for a capacity that it never had.
     */
    @Test
    void g3JudgesTheCapacityOnceItIsOfOneMoment() {
        PartnerDisk disk = new PartnerDisk();
        disk.config.tearing(BlockConfig.CAPACITY, 0xffffffff_ffffffffL, 0x1_0000_0000L);

        BlockDriver driver = BlockDriver.start(disk.transport);

        assertEquals(0x1_0000_0000L, driver.geometry().capacitySectors());
    }

    @Test
    void takesNonsenseAsNoAdviceInTheTopology() {
        PartnerDisk disk = new PartnerDisk(BlockFeature.TOPOLOGY);
        disk.config.set(BlockConfig.PHYSICAL_BLOCK_EXP, 255);

        assertEquals(512, BlockDriver.start(disk.transport).geometry().physicalBlockSize());
    }

    @Test
    void g7RefusesAConfigurationWithoutACapacity() {
        String message = refused(new PartnerDisk(4)).getMessage();

        assertTrue(message.contains("has 4 bytes, the capacity needs 8"), message);
    }

    @Test
    void g7DoesWithoutFeaturesWhoseFieldsAreNotShown() {
        PartnerDisk disk =
                new PartnerDisk(
                        24, BlockFeature.BLK_SIZE, BlockFeature.DISCARD, BlockFeature.TOPOLOGY);
        disk.config.set(BlockConfig.BLK_SIZE, 2048);

        BlockDriver driver = BlockDriver.start(disk.transport);

        assertEquals(2048, driver.geometry().blockSize());
        assertFalse(driver.device().has(BlockFeature.DISCARD));
        assertFalse(driver.device().has(BlockFeature.TOPOLOGY));
    }

    @Test
    void g8RefusesManyQueuesOfWhichThereAreNone() {
        PartnerDisk disk = new PartnerDisk(BlockFeature.MQ);

        LayoutException refused =
                assertThrows(
                        LayoutException.class,
                        () -> BlockDriver.start(disk.transport, BlockDriver.needs(4)));

        assertTrue(refused.getMessage().contains("it offers MQ and has 0"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 3", "4, 4", "65535, 4"})
    void g8OpensAsManyQueuesAsThereAreAndAreWanted(int there, int opened) {
        PartnerDisk disk = new PartnerDisk(BlockFeature.MQ);
        disk.config.set(BlockConfig.NUM_QUEUES, there);

        assertEquals(opened, BlockDriver.start(disk.transport, BlockDriver.needs(4)).queueCount());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 256, 513, 1000, 8192, 0x8000_0000L, 0xffff_ffffL})
    void g9RefusesABlockSizeThatNoDiskHas(long blockSize) {
        PartnerDisk disk = new PartnerDisk(BlockFeature.BLK_SIZE);
        disk.config.set(BlockConfig.BLK_SIZE, blockSize);

        String message = refused(disk).getMessage();

        assertTrue(message.contains("block size of a disk: " + blockSize + " bytes"), message);
    }

    @Test
    void g10TakesACapacityOfNothingAsAnEmptyDisk() {
        PartnerDisk disk = new PartnerDisk();
        disk.config.set(BlockConfig.CAPACITY, 0);
        BlockDriver driver = BlockDriver.start(disk.transport);

        assertThrows(org.jvirtio.RequestException.class, () -> driver.read(0, new byte[512]));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE / 512 + 1})
    void g10RefusesACapacityWhoseBytesOverflow(long sectors) {
        PartnerDisk disk = new PartnerDisk();
        disk.config.set(BlockConfig.CAPACITY, sectors);

        String message = refused(disk).getMessage();

        assertTrue(message.contains(String.format("0x%x sectors", sectors)), message);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "0, 0", "31, 16", "511, 1"})
    void g12RefusesLimitsThatHoldNoBlock(int sizeMax, int segMax) {
        PartnerDisk disk = new PartnerDisk(BlockFeature.SIZE_MAX, BlockFeature.SEG_MAX);
        disk.config.set(BlockConfig.SIZE_MAX, sizeMax).set(BlockConfig.SEG_MAX, segMax);

        String message = refused(disk).getMessage();

        assertTrue(message.contains("do not hold one block of 512"), message);
    }

    @Test
    void refusesAQueueTooShortForAnyRequest() {
        PartnerDisk disk = new PartnerDisk();
        disk.transport.largestQueue = 2;

        String message = refused(disk).getMessage();

        assertTrue(message.contains("0 data buffers"), message);
    }
}
