package org.jvirtio.cli;

import java.util.Arrays;
import org.jvirtio.Transport;
import org.jvirtio.device.EntropyDriver;

/**
 * Shows that an entropy device fills buffers: every byte written by the device, none twice alike.
 */
final class EntropyProof {

    private static final int BYTES = 4096;

    private EntropyProof() {}

    static void run(Transport transport, Drive drive) {
        try (EntropyDriver driver = EntropyDriver.start(transport)) {
            drive.started(driver.device());
            byte[] first = new byte[BYTES];
            byte[] second = new byte[BYTES];
            driver.fill(first);
            driver.fill(second);
            drive.check(
                    Check.that(
                            "two reads of " + BYTES + " bytes differ",
                            !Arrays.equals(first, second),
                            "first bytes " + hex(first) + " and " + hex(second)));
            drive.check(plausible(first));
            QueueMoment.ofEntropy(driver.device(), drive.recorder());
        }
    }

    /**
     * Half of the bits of random bytes are set. Six standard deviations either way: true randomness
     * fails this once in 500 million runs, a buffer of zeros always.
     */
    private static Check plausible(byte[] bytes) {
        int set = 0;
        for (byte value : bytes) {
            set += Integer.bitCount(value & 0xff);
        }
        int half = BYTES * 8 / 2;
        double deviation = Math.sqrt(BYTES * 8 / 4.0);
        return Check.that(
                "about half of the bits are set",
                Math.abs(set - half) < 6 * deviation,
                set + " of " + BYTES * 8);
    }

    private static String hex(byte[] bytes) {
        return String.format("%02x%02x%02x%02x", bytes[0], bytes[1], bytes[2], bytes[3]);
    }
}
