package org.jvirtio.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 1071: the sum is the same however many words are added at once. */
class ChecksumTest {

    /** Section 1 (4) and the example of section 3: 0001 f203 f4f5 f6f7 sum up to ddf2. */
    @Test
    void theExampleOfTheRfcHasItsSum() {
        byte[] example = {0, 1, (byte) 0xf2, 3, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7};

        assertEquals(0xddf2, Checksum.add(0, Station.frame(example), 0, example.length));
    }

    @Test
    void anyBytesFromAnyOffsetHaveTheSumOfTheirWords() {
        Random random = new Random(1071);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(200)];
            random.nextBytes(bytes);
            int from = random.nextInt(bytes.length);
            int count = random.nextInt(bytes.length - from + 1);
            int begin = random.nextInt(0x10000);

            assertEquals(
                    ofWords(begin, bytes, from, count),
                    Checksum.add(begin, Station.frame(bytes), from, count),
                    count + " bytes from " + from);
        }
    }

    @Test
    void theLargestPacketDoesNotOverflowTheSum() {
        byte[] ones = new byte[65_535];
        java.util.Arrays.fill(ones, (byte) 0xff);

        assertEquals(
                ofWords(0xffff, ones, 0, ones.length),
                Checksum.add(0xffff, Station.frame(ones), 0, ones.length));
    }

    /** As the RFC defines it: word after word, each carry added at once. */
    private static int ofWords(int begin, byte[] bytes, int from, int count) {
        int sum = begin;
        for (int i = 0; i < count; i += 2) {
            int high = bytes[from + i] & 0xff;
            int low = i + 1 < count ? bytes[from + i + 1] & 0xff : 0;
            sum += high << 8 | low;
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }
}
