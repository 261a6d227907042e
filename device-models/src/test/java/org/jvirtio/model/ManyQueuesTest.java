package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;

/**
 * Devices of more queues than most: the notification structure has room for each (virtio 1.4
 * section 4.1.4.4.1), and the MSI-X table has 2048 entries at most (PCI Local Bus 3.0 section
 * 6.8.2.3).
 */
class ManyQueuesTest {

    private static final int VENDOR_SPECIFIC = 0x09;
    private static final int MSIX = 0x11;
    private static final int NOTIFY = 2;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "block,queues=1024",
                "block,queues=1025",
                "block,queues=65535",
                "console,ports=1024",
                "net,pairs=256"
            })
    void everyQueueHasADoorbellAndTheTableTellsItsSize(String device) {
        try (EmulatedFunction function = EmulatedDevices.parse(device)) {
            Registers config = function.config();
            int notify = find(config, VENDOR_SPECIFIC, NOTIFY);
            MiniDriver driver = MiniDriver.virtio1(function);
            int queues = driver.configBar.read16(18);
            long bytes = config.read32(notify + 12);
            assertTrue((queues - 1) * 4L + 2 <= bytes, queues + " queues in " + bytes + " bytes");
            assertTrue(config.read32(notify + 8) + bytes <= lengthOfBar4(function));
            int control = config.read16(find(config, MSIX, 0) + 2);
            assertEquals(Math.min(queues, 2047), control);
        }
    }

    private static long lengthOfBar4(EmulatedFunction function) {
        return function.bars().stream()
                .filter(bar -> bar.index() == 4)
                .mapToLong(Bar::length)
                .findFirst()
                .orElseThrow();
    }

    /** The capability of an id, and of a structure type if that is not 0. */
    private static int find(Registers config, int id, int type) {
        int at = config.read8(0x34);
        while (config.read8(at) != id || (type != 0 && config.read8(at + 3) != type)) {
            at = config.read8(at + 1);
        }
        return at;
    }
}
