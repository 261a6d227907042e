package org.jvirtio.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;
import org.junit.jupiter.api.Test;

/** Against the block decoder of commons-compress; the frames by hand (lib/decompress_unlz4.c). */
final class Lz4OutputStreamTest {

    @Test
    void whatIsPackedUnpacksToTheSame() throws IOException {
        Random random = new Random(1);
        for (int length : new int[] {1, 4, 12, 13, 14, 20, 300, 70_000, 300_000}) {
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            byte[] text = new byte[length];
            for (int i = 0; i < length; i++) {
                text[i] = (byte) "the quick brown fox ".charAt((i + i / 97) % 20);
            }
            roundTrip(noise);
            roundTrip(text);
            roundTrip(new byte[length]);
        }
    }

    @Test
    void moreThanOneBlockIsCutAtEightMebibytes() throws IOException {
        byte[] data = new byte[(8 << 20) + 100_000];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i / 1000);
        }

        assertEquals(2, roundTrip(data));
    }

    @Test
    void repeatedDataBecomesSmall() throws IOException {
        assertTrue(pack(new byte[1 << 20]).length < 5000);
    }

    /** Returns how many blocks there were. */
    private static int roundTrip(byte[] data) throws IOException {
        ByteBuffer packed = ByteBuffer.wrap(pack(data)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(0x184c2102, packed.getInt());
        ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
        int blocks = 0;
        while (packed.hasRemaining()) {
            byte[] block = new byte[packed.getInt()];
            packed.get(block);
            try (var in = new BlockLZ4CompressorInputStream(new ByteArrayInputStream(block))) {
                in.transferTo(unpacked);
            }
            blocks++;
        }
        assertArrayEquals(data, unpacked.toByteArray(), "length " + data.length);
        return blocks;
    }

    private static byte[] pack(byte[] data) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (Lz4OutputStream lz4 = new Lz4OutputStream(packed)) {
            lz4.write(data, 0, Math.min(7, data.length));
            lz4.write(Arrays.copyOfRange(data, Math.min(7, data.length), data.length));
        }
        return packed.toByteArray();
    }
}
