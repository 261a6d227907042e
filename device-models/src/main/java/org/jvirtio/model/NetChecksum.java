package org.jvirtio.model;

/** The checksum of the Internet (RFC 1071), and what the header of a frame says of it. */
final class NetChecksum {

    /** Flags of the header (virtio 1.4 section 5.1.9). */
    static final int NEEDS_CSUM = 1;

    static final int DATA_VALID = 2;

    /** Where the header says from where on, and where the checksum goes, counted from there. */
    static final int START = 6;

    static final int OFFSET = 8;

    private NetChecksum() {}

    /** The sum of the 16-bit words of a range; an odd byte at the end counts as followed by 0. */
    static long sum(byte[] bytes, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            int shift = (i - from) % 2 == 0 ? Byte.SIZE : 0;
            sum += (long) (bytes[i] & 0xff) << shift;
        }
        return sum;
    }

    static int fold(long sum) {
        long folded = sum;
        while (folded >>> Short.SIZE != 0) {
            folded = (folded & 0xffff) + (folded >>> Short.SIZE);
        }
        return (int) folded;
    }

    /** Finishes the checksum of a frame, in which the pseudo header is summed up already. */
    static void finish(byte[] frame, int start, int offset) {
        int made = ~fold(sum(frame, start, frame.length)) & 0xffff;
        int checksum = made == 0 ? 0xffff : made; // RFC 768: 0 would say that there is none.
        frame[start + offset] = (byte) (checksum >> Byte.SIZE);
        frame[start + offset + 1] = (byte) checksum;
    }
}
