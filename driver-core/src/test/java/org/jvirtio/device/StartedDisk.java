package org.jvirtio.device;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.jvirtio.Feature;
import org.jvirtio.RequestException;
import org.jvirtio.partner.PartnerDisk;

/** A driver that was started on a disk in memory, for the tests of its calls that wait. */
abstract class StartedDisk {

    PartnerDisk disk;
    BlockDriver driver;

    void start(Feature... offered) {
        disk = new PartnerDisk(offered);
        driver = BlockDriver.start(disk.transport);
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    void refuses(String message, Runnable request) {
        RequestException refused = assertThrows(RequestException.class, request::run);
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }
}
