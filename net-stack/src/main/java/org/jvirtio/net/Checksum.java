package org.jvirtio.net;

/**
 * The checksum of IPv4, ICMP and UDP (RFC 1071): the one's complement of the one's complement sum
 * of 16-bit words, a last odd byte taken as if a zero followed.
 */
final class Checksum {

    private Checksum() {}

    /**
     * Adds bytes to a sum, which starts at 0. An {@code int} holds it: 65535 bytes are 32768 words
     * of 16 bits, and the sum is folded at the end of each call.
     */
    static int add(int sum, Frame frame, int offset, int count) {
        int total = sum;
        int last = offset + count - 1;
        for (int at = offset; at < last; at += 2) {
            total += frame.read16(at);
        }
        if ((count & 1) != 0) {
            total += frame.read8(last) << 8;
        }
        return fold(total);
    }

    /** Adds a field of 32 bits, as two words. */
    static int add(int sum, int value) {
        return fold(sum + (value >>> 16) + (value & 0xffff));
    }

    /** What is written into the field, which was zero when the sum was made. */
    static int of(int sum) {
        return ~sum & 0xffff;
    }

    /** True if the sum over everything, the field included, is right (RFC 1071 section 1 (3)). */
    static boolean isRight(int sum) {
        return sum == 0xffff;
    }

    private static int fold(int sum) {
        int once = (sum >>> 16) + (sum & 0xffff);
        return (once >>> 16) + (once & 0xffff);
    }
}
