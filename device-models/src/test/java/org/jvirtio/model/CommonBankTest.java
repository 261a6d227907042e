package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.Registers;

/** Status, features and queues through the common structure (virtio 1.4 section 4.1.4.3). */
class CommonBankTest {

    private final EmulatedFunction function = EmulatedDevices.parse("entropy,queue=64");
    private final MiniDriver driver = MiniDriver.virtio1(function);
    private final Registers common = driver.registers();

    @ParameterizedTest
    @EnumSource(CommonField.class)
    void everyFieldIsAlignedToItsWidth(CommonField field) {
        assertEquals(0, field.offset() % field.width());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 77, -1})
    void aWindowWithoutFeaturesReadsZero(int select) {
        common.write32(0, select);
        common.write32(8, select);
        common.write32(12, 0);

        assertEquals(0, common.read32(4));
        assertEquals(0, common.read32(12));
        assertEquals(List.of(), function.complaints().list());
    }

    @Test
    void keepsFeaturesOkForASubsetWithVersion1() {
        assertEquals(11, driver.negotiate(MiniDriver.VERSION_1));
        assertEquals(11, driver.negotiate(driver.offered()), "and again after a reset");
        assertEquals(List.of(), function.complaints().list());
    }

    /** Sizes that only a packed ring has (section 2.8), and then another format after all. */
    @Test
    void needsAResetWhereAQueueHasNoSizeOfItsFormat() {
        EmulatedFunction both = EmulatedDevices.parse("entropy,queue=16,ring=packed");
        MiniDriver changing = MiniDriver.virtio1(both);
        changing.negotiate(MiniDriver.VERSION_1 | MiniDriver.RING_PACKED);
        Registers registers = changing.registers();
        registers.write16(0x18, 5);
        changing.status(3);
        registers.write32(8, 1);
        registers.write32(12, 1);
        changing.status(11);
        MiniQueue queue = new MiniQueue(changing.memory(), 8);
        registers.write32(0x20, (int) queue.descriptors());
        registers.write32(0x24, (int) (queue.descriptors() >>> 32));
        registers.write32(0x28, (int) queue.available());
        registers.write32(0x2c, (int) (queue.available() >>> 32));
        registers.write32(0x30, (int) queue.used());
        registers.write32(0x34, (int) (queue.used() >>> 32));
        registers.write16(0x1c, 1);
        changing.running();

        changing.ring();

        assertEquals(0x4f, changing.status());
        assertTrue(both.complaints().toString().contains("queue 0 has 5 entries"));
    }

    @Test
    void takesFeaturesOkBackWithoutVersion1() {
        assertEquals(3, driver.negotiate(MiniDriver.EVENT_IDX));
    }

    @Test
    void takesFeaturesOkBackForWhatWasNotOffered() {
        assertEquals(3, driver.negotiate(MiniDriver.VERSION_1 | 1));
        assertTrue(function.complaints().toString().contains("not offered: bits {0}"));
    }

    @Test
    void acceptsNoFeatureAfterFeaturesOk() {
        driver.negotiate(MiniDriver.VERSION_1);

        common.write32(8, 0);
        common.write32(12, (int) MiniDriver.EVENT_IDX);

        assertEquals(0, common.read32(12));
        assertTrue(function.complaints().toString().contains("after FEATURES_OK"));
    }

    @Test
    void canWithholdVersion1() {
        EmulatedFunction old =
                new EmulatedFunction(
                        "old",
                        new EntropyModel(1),
                        new FunctionOptions().layout("mail-transitional").withhold(32));

        assertEquals(0, MiniDriver.registerSet(old, 1).offered() & MiniDriver.VERSION_1);
    }

    @Test
    void noticesAStatusBitThatIsCleared() {
        common.write8(0x14, 3);
        common.write8(0x14, 1);

        assertTrue(function.complaints().toString().contains("clears status bits 0x02"));
    }

    @Test
    void everythingIsForgottenByAReset() {
        driver.start(MiniDriver.VERSION_1);
        assertEquals(1, common.read16(0x1c));

        driver.status(0);

        assertEquals(0, driver.status());
        assertEquals(0, common.read16(0x1c));
        assertEquals(0, common.read32(0x20));
        assertEquals(0, common.read32(0x24));
        common.write32(8, 1);
        assertEquals(0, common.read32(12));
    }

    @Test
    void aQueueThatDoesNotExistHasNoSize() {
        common.write16(0x16, 1);

        assertEquals(0, common.read16(0x18));
        assertEquals(0, common.read16(0x1c));
        assertEquals(1, common.read16(0x12));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "32, 32", "64, 64", "128, 64", "48, 64", "0, 64"})
    void aQueueTakesPowersOfTwoUpToItsSize(int wanted, int settled) {
        common.write16(0x18, wanted);

        assertEquals(settled, common.read16(0x18));
        assertEquals(wanted == settled, function.complaints().isEmpty());
    }

    @Test
    void aQueueMustLieInMemory() {
        driver.negotiate(MiniDriver.VERSION_1);
        common.write32(0x20, 0x1000);
        common.write16(0x1c, 1);

        assertEquals(0, common.read16(0x1c));
        assertEquals(0x4b, driver.status());
        assertTrue(function.complaints().toString().contains("descriptor table at device address"));
    }

    @ParameterizedTest
    @CsvSource({"1, 0x16", "2, 0x14", "1, 0x10", "2, 0x20"})
    void noticesAWrongWidth(int width, String offset) {
        int value =
                width == 1
                        ? common.read8(Integer.decode(offset))
                        : common.read16(Integer.decode(offset));

        assertEquals(0, value);
        assertTrue(function.complaints().toString().contains("read of " + width + " bytes"));
    }

    @Test
    void noticesAMisalignedAccess() {
        common.read32(0x12);
        common.write16(0x13, 1);

        assertEquals(2, function.complaints().list().size());
        assertTrue(function.complaints().toString().contains("misaligned"));
    }

    @Test
    void noticesAConfigurationFieldReadInAnotherWidth() {
        EmulatedFunction block = EmulatedDevices.parse("block");
        MiniDriver mini = MiniDriver.virtio1(block);

        mini.configBar.read8(mini.configAt + 20);

        assertTrue(block.complaints().toString().contains("configuration offset 20"));
    }

    @Test
    void noticesAFunctionThatIsClosedWhileItRuns() {
        driver.start(MiniDriver.VERSION_1);

        function.close();

        assertTrue(function.complaints().toString().contains("closed while its device runs"));
    }

    @Test
    void keepsMemoryMappedAfterAQuarantine() {
        MiniQueue queue = driver.start(MiniDriver.VERSION_1);
        function.quarantine();
        queue.rings.close();
        long address = queue.rings.deviceAddress();

        MiniQueue other = new MiniQueue(driver.memory(), 64);

        assertTrue(other.rings.memory().address() != queue.rings.memory().address());
        assertTrue(other.rings.deviceAddress() > address);
        driver.request(queue, 4);
        assertEquals(1, queue.usedIndex(), "the device still reaches it");
    }

    @Test
    void aBarTellsItsSizeWhenOnesAreWritten() {
        Registers config = function.config();

        config.write32(0x20, -1);
        config.write32(0x24, -1);

        assertEquals(0xffffc00c, config.read32(0x20), "16 KiB, 64-bit, prefetchable");
        assertEquals(-1, config.read32(0x24));
    }
}
