package org.jvirtio.net;

/**
 * The checksum of IPv4, ICMP, UDP and TCP (RFC 1071): the one's complement of the one's complement
 * sum of 16-bit words, a last odd byte taken as if a zero followed.
 */
final class Checksum {

    private Checksum() {}

    /**
     * Adds bytes to a sum, which starts at 0. The sum does not care how many words are added at
     * once, nor in which order their bytes are as long as it is one order (RFC 1071 section 2 (B)
     * and (C)): so words are added as they lie, four at once where memory allows it, and turned
     * round at the end.
     */
    static int add(int sum, Frame frame, int offset, int count) {
        int end = offset + count;
        int at = offset;
        int words = 0;
        for (; at + 1 < end && !frame.isAligned64(at); at += 2) {
            words += frame.read16(at);
        }
        long turned = 0;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long four = frame.word64(at);
            turned += (four >>> Integer.SIZE) + (four & 0xffff_ffffL);
        }
        for (; at + 1 < end; at += 2) {
            words += frame.read16(at);
        }
        if (at < end) {
            words += frame.read8(at) << Byte.SIZE;
        }
        int inOrder = Short.toUnsignedInt(Short.reverseBytes((short) fold(turned)));
        return fold((long) sum + words + inOrder);
    }

    /** Adds a field of 32 bits, as two words. */
    static int add(int sum, int value) {
        return fold((long) sum + (value >>> 16) + (value & 0xffff));
    }

    /** What is written into the field, which was zero when the sum was made. */
    static int of(int sum) {
        return ~sum & 0xffff;
    }

    /** True if the sum over everything, the field included, is right (RFC 1071 section 1 (3)). */
    static boolean isRight(int sum) {
        return sum == 0xffff;
    }

    private static int fold(long sum) {
        long half = (sum >>> 32) + (sum & 0xffff_ffffL);
        long quarter = (half >>> 16) + (half & 0xffff);
        long once = (quarter >>> 16) + (quarter & 0xffff);
        return (int) ((once >>> 16) + (once & 0xffff));
    }
}
