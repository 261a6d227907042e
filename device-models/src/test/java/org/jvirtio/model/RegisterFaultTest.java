package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.Registers;

/** Lies that the registers of queues tell (virtio 1.4 sections 4.1.4.3, 4.1.4.4, 4.1.4.10). */
class RegisterFaultTest {

    private static Registers common(String fault) {
        return MiniDriver.virtio1(EmulatedDevices.parse("entropy,queue=64,fault=" + fault))
                .registers();
    }

    private static Registers legacy(String fault) {
        return MiniDriver.legacy(
                        EmulatedDevices.parse("entropy,queue=64,layout=legacy,fault=" + fault))
                .registers();
    }

    @ParameterizedTest
    @CsvSource({
        "none, 0x18, 64",
        "queue-size-zero, 0x18, 0",
        "queue-size-odd, 0x18, 63",
        "queue-size-huge, 0x18, 65535",
        "none, 0x12, 1",
        "queues-missing, 0x12, 0",
        "none, 0x1c, 0",
        "queue-enabled, 0x1c, 1",
        "none, 0x1e, 0",
        "doorbell-outside, 0x1e, 65535",
    })
    void aRegisterOfTheCommonStructureLies(String fault, String offset, int value) {
        assertEquals(value, common(fault).read16(Integer.decode(offset)));
    }

    @ParameterizedTest
    @CsvSource({
        "none, 12, 64",
        "queue-size-zero, 12, 0",
        "queue-size-odd, 12, 63",
        "queue-size-huge, 12, 65535",
        "none, 8, 0",
        "queue-enabled, 8, 1",
    })
    void aRegisterOfTheLegacyHeaderLies(String fault, int offset, int value) {
        Registers header = legacy(fault);

        assertEquals(value, offset == 8 ? header.read32(offset) : header.read16(offset));
    }

    @Test
    void aSizeThatIsWrittenIsHalved() {
        Registers common = common("queue-size-halved");
        common.write16(0x18, 16);

        assertEquals(8, common.read16(0x18));
    }

    @Test
    void everyVectorIsRefused() {
        MiniDriver driver =
                MiniDriver.virtio1(EmulatedDevices.parse("entropy,fault=vector-refused"));
        driver.function.interrupts().enableMsix(2);
        driver.vectors(0, 1);

        assertEquals(0xffff, driver.configVector());
        assertEquals(0xffff, driver.queueVector());
    }

    @Test
    void theDistanceOfDoorbellsIsOdd() {
        Registers config = EmulatedDevices.parse("entropy,fault=stride-odd").config();
        int at = config.read8(0x34);
        while (config.read8(at) != 9 || config.read8(at + 3) != 2) {
            at = config.read8(at + 1);
        }

        assertEquals(3, config.read32(at + 16));
    }
}
