package org.jvirtio.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.RequestException;
import org.jvirtio.partner.PartnerDisk;

/** A disk behind {@code java.nio}, with each block size. */
@ParameterizedClass
@ValueSource(ints = {512, 4096})
class BlockChannelTest {

    private static final int SIZE = PartnerDisk.SECTORS * 512;

    @Parameter int blockSize;

    private final PartnerDisk disk = new PartnerDisk(BlockFeature.BLK_SIZE, BlockFeature.FLUSH);
    private BlockChannel channel;

    @BeforeEach
    void open() {
        disk.config.set(BlockConfig.BLK_SIZE, blockSize);
        channel = new BlockChannel(BlockDriver.start(disk.transport));
    }

    /** Nothing says that a capacity is a multiple of the block size. */
    @Test
    void endsWithTheLastWholeBlock() throws IOException {
        disk.config.set(BlockConfig.CAPACITY, PartnerDisk.SECTORS + blockSize / 512 - 1);
        BlockChannel uneven = new BlockChannel(BlockDriver.start(disk.transport));

        assertEquals(SIZE, uneven.size());
        assertEquals(10, uneven.position(SIZE - 10).read(ByteBuffer.allocate(100)));
        assertEquals(-1, uneven.read(ByteBuffer.allocate(100)));
    }

    /** Against an array, with positions and lengths that cut through blocks at will. */
    @Test
    void behavesLikeAnArrayOfBytes() throws IOException {
        Random random = new Random(3);
        byte[] expected = new byte[SIZE];
        for (int i = 0; i < 200; i++) {
            int position = random.nextInt(SIZE);
            int length = Math.min(random.nextInt(200_000), SIZE - position);
            byte[] bytes = new byte[length];
            channel.position(position);
            if (random.nextBoolean()) {
                random.nextBytes(bytes);
                System.arraycopy(bytes, 0, expected, position, length);
                assertEquals(length, channel.write(ByteBuffer.wrap(bytes)));
            } else {
                channel.read(ByteBuffer.wrap(bytes));
                assertArrayEquals(Arrays.copyOfRange(expected, position, position + length), bytes);
            }
            assertEquals(position + length, channel.position());
        }
        assertArrayEquals(expected, disk.peer.disk);
    }

    @Test
    void readsToTheEndAndSaysSo() throws IOException {
        assertEquals(SIZE, channel.size());
        assertEquals(SIZE, Channels.newInputStream(channel).readAllBytes().length);
        assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
        assertEquals(0, channel.read(ByteBuffer.allocate(0)));
    }

    @Test
    void writesUpToTheEndAndRefusesToGoOn() throws IOException {
        channel.position(SIZE - 3);

        assertEquals(3, channel.write(ByteBuffer.wrap(new byte[5])));
        assertThrows(RequestException.class, () -> channel.write(ByteBuffer.wrap(new byte[2])));
    }

    @Test
    void leavesTheRestOfABlockAlone() throws IOException {
        Arrays.fill(disk.peer.disk, (byte) 1);
        channel.position(5000).write(ByteBuffer.wrap(new byte[] {2}));

        assertEquals(1, disk.peer.disk[4999]);
        assertEquals(2, disk.peer.disk[5000]);
        assertEquals(1, disk.peer.disk[5001]);
    }

    @Test
    void writesWholeBlocksWithoutReadingThem() throws IOException {
        channel.position(8192).write(ByteBuffer.wrap(new byte[8192]));

        assertEquals(1, disk.peer.seen.size());
        assertEquals(1, disk.peer.seen.get(0).type());
    }

    @Test
    void cannotBeTruncated() {
        assertThrows(UnsupportedOperationException.class, () -> channel.truncate(0));
    }

    @Test
    void flushesTheDiskWhenClosed() {
        channel.close();
        channel.close();

        assertEquals(1, disk.peer.seen.size());
        assertEquals(4, disk.peer.seen.get(0).type());
        assertThrows(ClosedChannelException.class, () -> channel.position(0));
    }
}
