package org.jvirtio.device;

/** The checksum of TCP and UDP (RFC 1071), where sum of the pseudo header is in its place. */
final class InternetChecksum {

    static final int BYTES = 2;

    /** UDP has no checksum of 0, for that says there is none (RFC 768). */
    private static final int ZERO = 0xffff;

    private InternetChecksum() {}

    /**
     * Makes the checksum of a frame in an array.
     *
     * @param frame where the frame begins
     * @param start from where on it sums, counted from there
     * @param offset where it goes, counted from {@code start}
     */
    static void finish(byte[] bytes, int frame, int length, int start, int offset) {
        int made = ~fold(sum(bytes, frame + start, frame + length)) & 0xffff;
        int checksum = made == 0 ? ZERO : made;
        int at = frame + start + offset;
        bytes[at] = (byte) (checksum >> Byte.SIZE);
        bytes[at + 1] = (byte) checksum;
    }

    /** In network byte order; an odd byte at the end counts as if a 0 followed. */
    private static long sum(byte[] bytes, int from, int to) {
        long sum = 0;
        int at = from;
        for (; at + 1 < to; at += 2) {
            sum += (bytes[at] & 0xff) << Byte.SIZE | (bytes[at + 1] & 0xff);
        }
        return at < to ? sum + ((bytes[at] & 0xff) << Byte.SIZE) : sum;
    }

    private static int fold(long sum) {
        long folded = sum;
        while (folded >>> Short.SIZE != 0) {
            folded = (folded & 0xffff) + (folded >>> Short.SIZE);
        }
        return (int) folded;
    }
}
