package org.jvirtio.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.vfiouser.Capabilities;
import org.jvirtio.vfiouser.Command;

/**
 * Regions as a client sees them (vfio-user, VFIO_USER_DEVICE_GET_REGION_INFO, _REGION_READ,
 * _REGION_WRITE, _REGION_WRITE_MULTI).
 */
class RegionTest {

    private static final int BAR = 4;
    private static final int EINVAL = 22;

    private final Served served = new Served("block,layout=virtio1,size=1M");
    private final RawClient client = served.client();

    @AfterEach
    void end() {
        client.close();
        served.close();
    }

    @Test
    void theDeviceIsAPciFunctionThatCanBeReset() {
        assertEquals(0, client.send(Command.DEVICE_GET_INFO, RawClient.payload(16).putInt(16)));
        assertEquals(3, client.socket.received().payload().read32(4));
        assertEquals(9, client.socket.received().payload().read32(8));
        assertEquals(5, client.socket.received().payload().read32(12));
    }

    /** BAR1 has the MSI-X table, BAR4 the structures; the upper half of BAR4 is no region. */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 4096", "4, 16384", "5, 0", "6, 0", "7, 256", "8, 0"})
    void everyRegionHasItsLength(int index, int length) {
        assertEquals(0, regionInfo(index, 32));
        assertEquals(32, client.socket.received().payload().read32(0));
        assertEquals(length == 0 ? 0 : 3, client.socket.received().payload().read32(4));
        assertEquals(length, client.socket.received().payload().read64(16));
    }

    @Test
    void thereIsNoRegionBeyondTheLast() {
        assertEquals(EINVAL, regionInfo(9, 32));
        assertEquals(EINVAL, regionInfo(-1, 32));
        assertEquals(EINVAL, regionInfo(0, 31));
        assertEquals(EINVAL, client.send(Command.DEVICE_GET_REGION_INFO, RawClient.payload(8)));
    }

    @Test
    void configurationIsReadInOnePieceOrInMany() {
        assertEquals(0, client.read(RawClient.CONFIG, 0, 256));
        byte[] whole = new byte[256];
        client.socket.received().payload().copyTo(16, whole, 0, 256);
        assertEquals(0x1af4, (whole[0] & 0xff) | (whole[1] & 0xff) << 8);
        for (int width = 1; width <= 9; width++) {
            for (int offset = 0; offset + width <= 256; offset += 7) {
                assertEquals(0, client.read(RawClient.CONFIG, offset, width));
                for (int i = 0; i < width; i++) {
                    assertEquals(
                            whole[offset + i] & 0xff,
                            client.socket.received().payload().read8(16L + i));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "7, 256, 1", "7, 253, 4", "7, 0, 257", "7, -1, 1", "4, 16384, 1", "4, 0, 1048577",
        "0, 0, 4", "6, 0, 1", "9, 0, 1", "-1, 0, 1", "7, 9223372036854775807, 4", "7, 0, -1",
    })
    void anAccessBeyondTheEndIsRefused(int region, long offset, int count) {
        assertEquals(EINVAL, client.read(region, offset, count));
        assertEquals(
                EINVAL,
                client.send(
                        Command.REGION_WRITE,
                        RawClient.payload(24).putLong(offset).putInt(region).putInt(count)));
        assertEquals(0, client.read(RawClient.CONFIG, 0, 4));
    }

    /**
     * What a client takes in one message is its own word: nobody makes room for 1 GB because of it.
     */
    @Test
    void aReadOfMoreThanWeSendIsRefusedWhateverItsClientTakes() {
        try (Served other = new Served("entropy");
                RawClient greedy = new RawClient(other.path)) {
            greedy.greet(0, 2, new Capabilities(16, Integer.MAX_VALUE, 100, 4096, false, -1, true));
            assertEquals(EINVAL, greedy.read(RawClient.CONFIG, 0, 1 << 30));
            other.awaitTold("an access of 1073741824 bytes, where 1048576 can be");
        }
    }

    @Test
    void aWriteWithLessDataThanItSaysIsRefused() {
        assertEquals(
                EINVAL,
                client.send(
                        Command.REGION_WRITE,
                        RawClient.payload(19).putLong(4).putInt(RawClient.CONFIG).putInt(4)));
    }

    @Test
    void aWriteChangesTheDevice() {
        client.put(RawClient.CONFIG, 4, 2, 0x6);
        assertEquals(0x6, client.get(RawClient.CONFIG, 4, 2));
        client.put(BAR, 20, 1, 1); // device_status = ACKNOWLEDGE
        assertEquals(1, client.get(BAR, 20, 1));
        assertEquals(0, client.send(Command.DEVICE_RESET, RawClient.payload(0)));
        assertEquals(0, client.get(BAR, 20, 1));
        assertEquals(0x6, client.get(RawClient.CONFIG, 4, 2));
    }

    /** 64-bit fields are written at once by some clients. */
    @Test
    void eightBytesAreTwoAccessesOfFour() {
        client.put(BAR, 20, 1, 3);
        assertEquals(0, client.write(BAR, 32, new byte[] {0, 0x10, 0, 0, 1, 0, 0, 0}));
        assertEquals(0x1000, client.get(BAR, 32, 4));
        assertEquals(1, client.get(BAR, 36, 4));
    }

    @Test
    void manyWritesComeInOneMessage() {
        assertEquals(
                0,
                client.send(
                        Command.REGION_WRITE_MULTI,
                        RawClient.payload(56)
                                .putLong(2)
                                .putLong(4)
                                .putInt(RawClient.CONFIG)
                                .putInt(2)
                                .putLong(0x6)
                                .putLong(20)
                                .putInt(BAR)
                                .putInt(1)
                                .putLong(1)));
        assertEquals(2, client.socket.received().payload().read64(0));
        assertEquals(0x6, client.get(RawClient.CONFIG, 4, 2));
        assertEquals(1, client.get(BAR, 20, 1));
        assertEquals(
                EINVAL, client.send(Command.REGION_WRITE_MULTI, RawClient.payload(32).putLong(2)));
    }

    @Test
    void whoWantsNoReplyGetsNone() {
        ByteBuffer write = RawClient.payload(17).putLong(20).putInt(BAR).putInt(1).put((byte) 1);
        client.socket.out().copyFrom(0, RawClient.bytes(write), 0, 17);
        client.socket.sendCommand(Command.REGION_WRITE, 17, true);

        assertEquals(1, client.get(BAR, 20, 1)); // its reply is the first that comes
    }

    @ParameterizedTest
    @CsvSource({"DEVICE_FEATURE", "DMA_READ", "MIG_DATA_READ"})
    void whatIsNotSupportedIsRefusedAsThat(Command command) {
        assertEquals(95, client.send(command, RawClient.payload(16)));
    }

    private int regionInfo(int index, int room) {
        return client.send(
                Command.DEVICE_GET_REGION_INFO,
                RawClient.payload(32).putInt(room).putInt(0).putInt(index));
    }
}
