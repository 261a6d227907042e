package org.jvirtio.guest;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * LZ4 as the kernel unpacks it ("legacy" frames, Linux {@code lib/decompress_unlz4.c}), packed fast
 * rather than small: against gzip it spares an emulated guest a tenth of the way to {@code main}.
 *
 * <pre>
 *   0x184c2102, then for each 8 MiB of data: packed size (4 bytes, little-endian), packed block
 *   a block is sequences of: token, literals, distance back (2 bytes), and how much to copy
 * </pre>
 *
 * <p>Our own, because commons-compress writes no legacy frames, and takes minutes for one image.
 */
final class Lz4OutputStream extends FilterOutputStream {

    private static final int MAGIC = 0x184c2102;
    private static final int BLOCK = 8 << 20;
    private static final int HASH_BITS = 16;
    private static final int MIN_MATCH = 4;
    private static final int MAX_DISTANCE = 0xffff;

    /** A block ends in 5 literals, and the last match begins 12 bytes before its end. */
    private static final int LAST_LITERALS = 5;

    private static final int MATCH_MARGIN = 12;

    private final byte[] data = new byte[BLOCK];
    private int count;
    private final byte[] packed = new byte[BLOCK + BLOCK / 255 + 16];
    private int packedCount;
    private final int[] seen = new int[1 << HASH_BITS];

    Lz4OutputStream(OutputStream out) throws IOException {
        super(out);
        writeInt(MAGIC);
    }

    @Override
    public void write(int b) throws IOException {
        data[count++] = (byte) b;
        if (count == BLOCK) {
            writeBlock();
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, BLOCK - count);
            System.arraycopy(bytes, offset + done, data, count, part);
            count += part;
            done += part;
            if (count == BLOCK) {
                writeBlock();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (count > 0) {
            writeBlock();
        }
        super.close();
    }

    private void writeInt(int value) throws IOException {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(value >> shift);
        }
    }

    private void writeBlock() throws IOException {
        pack();
        writeInt(packedCount);
        out.write(packed, 0, packedCount);
        count = 0;
    }

    /** Greedy: takes the last place where the same four bytes stood, if it is near enough. */
    private void pack() {
        Arrays.fill(seen, -1);
        packedCount = 0;
        int literals = 0;
        int at = 0;
        while (at < count - MATCH_MARGIN) {
            int hash = (four(at) * 0x9e3779b1) >>> (32 - HASH_BITS);
            int earlier = seen[hash];
            seen[hash] = at;
            if (earlier >= 0 && at - earlier <= MAX_DISTANCE && four(earlier) == four(at)) {
                int length = matchLength(earlier, at);
                sequence(literals, at - literals, at - earlier, length);
                at += length;
                literals = at;
            } else {
                // Where nothing matches for long, look less often.
                at += 1 + ((at - literals) >> 6);
            }
        }
        sequence(literals, count - literals, 0, 0);
    }

    private int matchLength(int earlier, int at) {
        int length = MIN_MATCH;
        while (at + length < count - LAST_LITERALS && data[earlier + length] == data[at + length]) {
            length++;
        }
        return length;
    }

    /** A {@code distance} of 0 is the last sequence: literals only. */
    private void sequence(int literals, int literalCount, int distance, int matchLength) {
        int matchCode = distance == 0 ? 0 : matchLength - MIN_MATCH;
        put((Math.min(literalCount, 15) << 4) | Math.min(matchCode, 15));
        putRest(literalCount);
        System.arraycopy(data, literals, packed, packedCount, literalCount);
        packedCount += literalCount;
        if (distance != 0) {
            put(distance);
            put(distance >> 8);
            putRest(matchCode);
        }
    }

    /** What does not fit into the token's four bits: 255 as often as it fits, then the rest. */
    private void putRest(int length) {
        if (length >= 15) {
            int rest = length - 15;
            while (rest >= 255) {
                put(255);
                rest -= 255;
            }
            put(rest);
        }
    }

    private void put(int b) {
        packed[packedCount++] = (byte) b;
    }

    private int four(int at) {
        return (data[at] & 0xff)
                | ((data[at + 1] & 0xff) << 8)
                | ((data[at + 2] & 0xff) << 16)
                | (data[at + 3] << 24);
    }
}
