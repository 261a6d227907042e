package org.jvirtio.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The blocks of a proof disk that a guest may overwrite without harm to the file system, and what
 * it writes there. Both sides compute both, so nothing but the disk carries the data.
 *
 * <pre>
 *   before   "jvirtio placeholder PASS 0003\n" ....   4096 bytes, a block of a file in the image
 *   after    "jvirtio wrote PASS 0003 TOKEN\n" ....   4096 bytes; the last block is all zeros
 * </pre>
 *
 * @param pass tells apart the files that different passes over one disk overwrite
 * @param token chosen anew by the host for each run, so that an old image cannot pass for a new one
 */
record Placeholder(String pass, String token) {

    /** Bytes: the block size of the file system, so that a file's blocks are aligned to it. */
    static final int BLOCK = 4096;

    /** Blocks of each placeholder file. */
    static final int COUNT = 16;

    /** The block that is zeroed, by the device's own command where it has one. */
    static final int ZEROED = COUNT - 1;

    String fileName() {
        return "placeholder-" + pass + ".bin";
    }

    byte[] before(int index) {
        return filled(String.format("jvirtio placeholder %s %04d\n", pass, index));
    }

    byte[] after(int index) {
        if (index == ZEROED) {
            return new byte[BLOCK];
        }
        return filled(String.format("jvirtio wrote %s %04d %s\n", pass, index, token));
    }

    /** Which of the {@link #COUNT} blocks these bytes are; -1 if none. */
    int indexOf(byte[] block) {
        byte[] prefix = ("jvirtio placeholder " + pass + " ").getBytes(StandardCharsets.US_ASCII);
        if (!Arrays.equals(prefix, 0, prefix.length, block, 0, prefix.length)) {
            return -1;
        }
        for (int index = 0; index < COUNT; index++) {
            if (Arrays.equals(block, before(index))) {
                return index;
            }
        }
        return -1;
    }

    private static byte[] filled(String line) {
        byte[] unit = line.getBytes(StandardCharsets.US_ASCII);
        byte[] block = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            block[i] = unit[i % unit.length];
        }
        return block;
    }
}
