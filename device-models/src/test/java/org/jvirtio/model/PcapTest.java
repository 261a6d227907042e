package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.EnvironmentException;

/**
 * Captures (pcap-savefile(5)) that are replayed and written, and files that only look like some.
 */
class PcapTest {

    @TempDir Path directory;

    private static byte[] frame(int number, int length) {
        byte[] frame = new byte[length];
        Arrays.fill(frame, (byte) number);
        return frame;
    }

    private static byte[] capture(ByteOrder order, int magic, byte[]... frames) {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(order);
        bytes.putInt(magic).putShort((short) 2).putShort((short) 4);
        bytes.putInt(0).putInt(0).putInt(65535).putInt(1);
        for (byte[] frame : frames) {
            bytes.putInt(1700000000).putInt(5).putInt(frame.length).putInt(frame.length).put(frame);
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("a.pcap"), bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "BIG_ENDIAN, a1b2c3d4",
        "BIG_ENDIAN, a1b23c4d",
        "LITTLE_ENDIAN, a1b2c3d4",
        "LITTLE_ENDIAN, a1b23c4d"
    })
    void readsEitherByteOrderAndEitherFraction(String order, String magic) throws IOException {
        ByteOrder bytes =
                order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        Path path =
                file(
                        capture(
                                bytes,
                                Integer.parseUnsignedInt(magic, 16),
                                frame(1, 60),
                                frame(2, 99)));

        try (PcapFile file = PcapFile.open(path)) {
            assertArrayEquals(frame(1, 60), file.next());
            assertArrayEquals(frame(2, 99), file.next());
            assertNull(file.next());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10, 0, 0, the end where 24 bytes should be",
        "99, 0, 0, the end where 60 bytes should be",
        "30, 0, 0, the end in the middle of a frame",
        "100, 0, 0x0a0d0d0a, magic number 0x0a0d0d0a",
        "100, 20, 0x71000000, link type 113 not 1",
        "100, 32, 0xffffffff, a frame of 4294967295 bytes",
        "100, 32, 0x01000400, a frame of 262145 bytes",
        "100, 32, 0x00000400, the end where 262144 bytes should be"
    })
    void aFileThatLiesIsRefusedWithThePlaceOfTheLie(int length, int at, String word, String found)
            throws IOException {
        byte[] bytes =
                Arrays.copyOf(capture(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, frame(1, 60)), length);
        if (!word.equals("0")) {
            ByteBuffer.wrap(bytes).putInt(at, Long.decode(word).intValue());
        }
        Path path = file(bytes);

        String message =
                assertThrows(
                                EnvironmentException.class,
                                () -> EmulatedDevices.parse("net,replay=" + path))
                        .getMessage();

        assertTrue(message.replace(",", "").contains(found), message);
        assertTrue(message.contains("at byte"), message);
    }

    @Test
    void everyFrameIsReplayedHoweverLateItsBuffersCome() throws IOException {
        byte[][] frames = new byte[40][];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = frame(i, 60 + i);
        }
        Path path = file(capture(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, frames));
        try (EmulatedFunction function = EmulatedDevices.parse("net,queue=16,replay=" + path)) {
            MiniDriver driver = MiniDriver.virtio1(function);
            MiniQueue queue = driver.start(MiniDriver.VERSION_1);
            for (int i = 0; i < frames.length + 2; i++) {
                var buffer = driver.request(queue, 1526);
                assertEquals(Math.min(i + 1, frames.length), queue.usedIndex());
                if (i < frames.length) {
                    assertEquals(12 + 60 + i, queue.usedLength(i));
                    assertEquals(i, buffer.memory().read8(12));
                }
            }
            driver.status(0);
        }
    }

    @Test
    void aCaptureHoldsBothDirectionsAndCanBeReplayed() throws IOException {
        Path path = directory.resolve("out.pcap");
        NetBackend loop = new PcapCapture(NetBackend.loop(), path);
        List<byte[]> received = new ArrayList<>();
        loop.connect(received::add);
        loop.transmit(frame(7, 60));
        loop.transmit(frame(8, 1514));
        loop.close();
        loop.transmit(frame(9, 60));

        assertEquals(3, received.size());
        assertEquals(4, PcapFile.check(path));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(0xa1b23c4d, bytes.getInt(0));
        long age = System.currentTimeMillis() / 1000 - Integer.toUnsignedLong(bytes.getInt(24));
        assertTrue(age >= 0 && age < 60, "captured " + age + " s ago");
    }

    @Test
    void aCaptureNeedsSomewhereToGo() {
        assertThrows(
                EnvironmentException.class,
                () -> EmulatedDevices.parse("net,capture=/nowhere/out.pcap"));
    }
}
