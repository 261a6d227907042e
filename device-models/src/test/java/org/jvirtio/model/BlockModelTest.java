package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.Interrupt;
import org.jvirtio.memory.DmaRegion;

/** The block device (virtio 1.4 section 5.2), request by request. */
class BlockModelTest {

    private static final int IN = 0;
    private static final int OUT = 1;
    private static final int FLUSH = 4;
    private static final int FLUSH_OUT = 5;
    private static final int GET_ID = 8;
    private static final int DISCARD = 11;
    private static final int WRITE_ZEROES = 13;

    private static final int OK = 0;
    private static final int IOERR = 1;
    private static final int UNSUPP = 2;

    private static final long BIT_FLUSH = 1 << 9;
    private static final long BIT_CONFIG_WCE = 1 << 11;
    private static final long BIT_DISCARD = 1 << 13;
    private static final long BIT_WRITE_ZEROES = 1 << 14;
    private static final long RANGES = BIT_DISCARD | BIT_WRITE_ZEROES;

    /** Small, so that its end is near: 8 sectors. */
    private static final int SECTORS = 8;

    private final FlushCounter backing = new FlushCounter();
    private final BlockModel model = new BlockModel(backing, new BlockOptions().serial("disk 7"));
    private final EmulatedFunction function =
            new EmulatedFunction("block", model, new FunctionOptions());
    private final MiniDriver driver = MiniDriver.virtio1(function);
    private MiniQueue queue;
    private int done;

    /** Memory that counts flushes and can fail. */
    private static final class FlushCounter implements BlockBacking {

        private final MemoryBacking memory = new MemoryBacking(SECTORS * 512);
        private int flushes;
        private boolean failing;

        @Override
        public long length() {
            return memory.length();
        }

        @Override
        public void read(long position, byte[] target, int count) throws IOException {
            if (failing) {
                throw new IOException("made to fail");
            }
            memory.read(position, target, count);
        }

        @Override
        public void write(long position, byte[] source, int count) {
            memory.write(position, source, count);
        }

        @Override
        public void zero(long position, long count) {
            memory.zero(position, count);
        }

        @Override
        public void discard(long position, long count) {
            memory.discard(position, count);
        }

        @Override
        public void flush() {
            flushes++;
        }

        @Override
        public void resize(long length) {
            memory.resize(length);
        }
    }

    /** The answer to one request: its status, and the used length. */
    private record Answer(int status, int length) {}

    private void start(long features) {
        start(driver, features);
    }

    private void start(MiniDriver mini, long features) {
        queue = mini.start(mini.least() | features);
        done = 0;
    }

    private static byte[] header(int type, long sector) {
        byte[] bytes = new byte[16];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(0, type).putLong(8, sector);
        return bytes;
    }

    private static byte[] range(long sector, int sectors, int flags) {
        byte[] bytes = new byte[16];
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0, sector)
                .putInt(8, sectors)
                .putInt(12, flags);
        return bytes;
    }

    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 256 + 1);
        }
        return bytes;
    }

    private Answer send(MiniDriver mini, byte[] header, List<DmaRegion> out, List<DmaRegion> in) {
        List<DmaRegion> readable = new ArrayList<>(List.of(queue.readable(header)));
        readable.addAll(out);
        DmaRegion status = queue.writable(1);
        status.memory().write8(0, 0xee);
        List<DmaRegion> writable = new ArrayList<>(in);
        writable.add(status);
        queue.offer(queue.chain(readable, writable));
        mini.ring();
        assertEquals(done + 1, queue.usedIndex());
        return new Answer(status.memory().read8(0), queue.usedLength(done++));
    }

    private Answer write(int type, long sector, byte[] data) {
        List<DmaRegion> out = data.length == 0 ? List.of() : List.of(queue.readable(data));
        return send(driver, header(type, sector), out, List.of());
    }

    private Answer read(int type, long sector, byte[] into) {
        DmaRegion buffer = queue.writable(into.length);
        buffer.memory().fill(0, into.length, 0xaa);
        Answer answer = send(driver, header(type, sector), List.of(), List.of(buffer));
        buffer.memory().copyTo(0, into, 0, into.length);
        return answer;
    }

    static Stream<MiniDriver> everyLayout() {
        return Stream.of(
                MiniDriver.virtio1(EmulatedDevices.parse("block")),
                MiniDriver.virtio1(EmulatedDevices.parse("block,layout=transitional")),
                MiniDriver.registerSet(EmulatedDevices.parse("block,layout=register-set"), 1),
                MiniDriver.registerSet(EmulatedDevices.parse("block,layout=mail-slow-isr"), 0),
                MiniDriver.legacy(EmulatedDevices.parse("block,layout=legacy")),
                MiniDriver.legacy(EmulatedDevices.parse("block,layout=mail-transitional")));
    }

    @ParameterizedTest
    @MethodSource("everyLayout")
    void readsBackWhatWasWritten(MiniDriver mini) {
        start(mini, 0);
        byte[] data = pattern(1024);
        DmaRegion back = queue.writable(1024);

        Answer out = send(mini, header(OUT, 3), List.of(queue.readable(data)), List.of());
        Answer in = send(mini, header(IN, 3), List.of(), List.of(back));

        byte[] copy = new byte[1024];
        back.memory().copyTo(0, copy, 0, 1024);
        assertEquals(new Answer(OK, 1), out);
        assertEquals(new Answer(OK, 1025), in);
        assertArrayEquals(data, copy);
        assertEquals(List.of(), mini.function.complaints().list());
    }

    @Test
    void takesARequestInPiecesOfAnySize() {
        start(0);
        byte[] data = pattern(512);
        byte[] all = Arrays.copyOf(header(OUT, 1), 16 + 512);
        System.arraycopy(data, 0, all, 16, 512);
        DmaRegion status = queue.writable(1);
        List<DmaRegion> pieces = new ArrayList<>();
        for (int at = 0; at < all.length; at += 7) {
            int end = Math.min(at + 7, all.length);
            pieces.add(queue.readable(Arrays.copyOfRange(all, at, end)));
        }

        queue.offer(queue.chain(pieces, List.of(status)));
        driver.ring();
        done = 1;

        byte[] back = new byte[512];
        assertEquals(new Answer(OK, 513), read(IN, 1, back));
        assertArrayEquals(data, back);
        assertEquals(List.of(), function.complaints().list());
    }

    @ParameterizedTest
    @CsvSource({"8, 512", "7, 1024", "0, 4608", "-1, 512", "9223372036854775807, 512", "0, 511"})
    void answersIoerrToWhatIsNotWholeSectorsOfTheDisk(long sector, int bytes) {
        start(0);

        byte[] back = new byte[bytes];
        assertEquals(new Answer(IOERR, bytes + 1), read(IN, sector, back));
        assertArrayEquals(new byte[bytes], back, "what counts as written was written");
        assertEquals(new Answer(IOERR, 1), write(OUT, sector, pattern(bytes)));
        assertEquals(new Answer(OK, 4097), read(IN, 0, new byte[4096]));
    }

    @Test
    void answersIoerrIfTheBackingFails() {
        start(0);
        backing.failing = true;

        assertEquals(new Answer(IOERR, 513), read(IN, 0, new byte[512]));
    }

    @Test
    void wantsWholeBlocksOfItsOwnBlockSize() {
        EmulatedFunction large = EmulatedDevices.parse("block,blocksize=4096");
        MiniDriver mini = MiniDriver.virtio1(large);
        start(mini, 0);

        assertEquals(4096, mini.configBar.read32(mini.configAt + 20));
        DmaRegion whole = queue.writable(4096);
        DmaRegion part = queue.writable(512);
        assertEquals(OK, send(mini, header(IN, 8), List.of(), List.of(whole)).status());
        assertEquals(IOERR, send(mini, header(IN, 8), List.of(), List.of(part)).status());
        assertEquals(IOERR, send(mini, header(IN, 1), List.of(), List.of(whole)).status());
    }

    @Test
    void writesNothingIfItIsReadOnly() {
        EmulatedFunction readOnly = EmulatedDevices.parse("block,readonly=on");
        MiniDriver mini = MiniDriver.virtio1(readOnly);
        assertEquals(1 << 5, mini.offered() & (1 << 5 | RANGES), "RO, and nothing that writes");
        start(mini, 1 << 5);

        DmaRegion data = queue.readable(pattern(512));
        assertEquals(new Answer(IOERR, 1), send(mini, header(OUT, 0), List.of(data), List.of()));
        DmaRegion back = queue.writable(512);
        assertEquals(OK, send(mini, header(IN, 0), List.of(), List.of(back)).status());
        assertEquals(0, back.memory().read8(0));
    }

    @ParameterizedTest
    @CsvSource({"2", "6", "10", "14", "15", "-2147483648"})
    void answersUnsuppToOtherTypes(int type) {
        start(0);

        assertEquals(new Answer(UNSUPP, 513), read(type, 0, new byte[512]));
    }

    @ParameterizedTest
    @CsvSource({"11", "13"})
    void answersUnsuppToRangesThatWereNotNegotiated(int type) {
        start(0);

        assertEquals(new Answer(UNSUPP, 1), write(type, 0, range(0, 1, 0)));
    }

    @Test
    void namesItselfIn20Bytes() {
        start(0);
        byte[] name = new byte[20];

        assertEquals(new Answer(OK, 21), read(GET_ID, 0, name));
        assertArrayEquals(Arrays.copyOf("disk 7".getBytes(StandardCharsets.US_ASCII), 20), name);
        assertEquals(new Answer(IOERR, 20), read(GET_ID, 0, new byte[19]));
    }

    @ParameterizedTest
    @CsvSource({"4", "5"})
    void flushes(int type) {
        start(BIT_FLUSH);
        write(OUT, 0, pattern(512));
        assertEquals(0, backing.flushes, "a write-back cache");

        assertEquals(new Answer(OK, 1), write(type, 0, new byte[0]));
        assertEquals(1, backing.flushes);
        assertTrue(type == FLUSH || type == FLUSH_OUT);
    }

    @Test
    void writesThroughForADriverThatCannotFlush() {
        start(0);

        write(OUT, 0, pattern(512));

        assertEquals(1, backing.flushes);
    }

    @Test
    void letsTheDriverChooseTheCacheMode() {
        start(BIT_FLUSH | BIT_CONFIG_WCE);
        int writeback = driver.configAt + 32;
        assertEquals(1, driver.configBar.read8(writeback));

        driver.configBar.write8(writeback, 0);
        write(OUT, 0, pattern(512));

        assertEquals(0, driver.configBar.read8(writeback));
        assertEquals(1, backing.flushes);
        assertEquals(List.of(), function.complaints().list());
    }

    @Test
    void showsWriteThroughWithoutFlush() {
        start(BIT_CONFIG_WCE);

        assertEquals(0, driver.configBar.read8(driver.configAt + 32));
    }

    @ParameterizedTest
    @CsvSource({"11, 0", "13, 0", "13, 1"})
    void clearsRanges(int type, int flags) {
        start(RANGES);
        write(OUT, 0, pattern(4096));
        byte[] two = Arrays.copyOf(range(1, 1, flags), 32);
        System.arraycopy(range(5, 2, flags), 0, two, 16, 16);

        assertEquals(new Answer(OK, 1), write(type, 0, two));

        byte[] expected = pattern(4096);
        Arrays.fill(expected, 512, 1024, (byte) 0);
        Arrays.fill(expected, 5 * 512, 7 * 512, (byte) 0);
        byte[] back = new byte[4096];
        read(IN, 0, back);
        assertArrayEquals(expected, back);
    }

    @ParameterizedTest
    @CsvSource({
        "11, 0, 1, 1, 2", // unmap means nothing in a discard
        "11, 0, 1, 2, 2",
        "13, 0, 1, 2, 2",
        "11, 8, 1, 0, 1",
        "13, 7, 2, 0, 1",
        "13, -1, 2, 0, 1",
        "13, 0, -1, 0, 1"
    })
    void refusesAWrongRangeWhole(int type, long sector, int sectors, int flags, int status) {
        start(RANGES);
        write(OUT, 0, pattern(4096));
        byte[] goodThenBad = Arrays.copyOf(range(0, 1, 0), 32);
        System.arraycopy(range(sector, sectors, flags), 0, goodThenBad, 16, 16);

        assertEquals(new Answer(status, 1), write(type, 0, goodThenBad));

        byte[] back = new byte[4096];
        read(IN, 0, back);
        assertArrayEquals(pattern(4096), back, "the good range was not touched either");
    }

    @Test
    void refusesAHalfRange() {
        start(RANGES);

        assertEquals(IOERR, write(DISCARD, 0, new byte[15]).status());
        assertEquals(IOERR, write(WRITE_ZEROES, 0, new byte[0]).status());
        assertEquals(IOERR, write(WRITE_ZEROES, 0, new byte[17 * 16]).status(), "17 ranges");
    }

    @Test
    void needsAResetIfItCannotAnswer() {
        start(0);
        queue.offer(queue.chain(List.of(queue.readable(new byte[15])), List.of()));

        driver.ring();

        assertEquals(0x4f, driver.status());
    }

    @Test
    void showsItsShape() {
        int at = driver.configAt;

        assertEquals(SECTORS, driver.configBar.read32(at));
        assertEquals(0, driver.configBar.read32(at + 4));
        assertEquals(126, driver.configBar.read32(at + 12));
        assertEquals(512, driver.configBar.read32(at + 20));
        assertEquals(3, driver.configBar.read8(at + 24), "8 blocks per physical one");
        assertEquals(0, driver.configBar.read8(at + 33), "unused0");
        assertEquals(1, driver.configBar.read8(at + 56), "may unmap");
        assertEquals(List.of(), function.complaints().list());
    }

    @Test
    void announcesAResize() {
        List<Interrupt> vectors = function.interrupts().enableMsix(2);
        start(0);
        driver.vectors(0, 1);
        int generation = driver.registers().read8(0x15);

        model.resize(16);

        assertTrue(vectors.get(0).await(1_000_000));
        assertEquals(16, driver.configBar.read32(driver.configAt));
        assertTrue(generation != driver.registers().read8(0x15));
        assertEquals(OK, write(OUT, 15, pattern(512)).status());
        model.resize(4);
        assertEquals(IOERR, write(OUT, 4, pattern(512)).status());
    }

    @Test
    void complainsOfFreeFramingThatWasNotNegotiated() {
        EmulatedFunction legacy = EmulatedDevices.parse("block,layout=legacy");
        MiniDriver mini = MiniDriver.legacy(legacy);
        queue = mini.start(0);
        DmaRegion headerAndData = queue.readable(Arrays.copyOf(header(OUT, 0), 16 + 512));

        queue.offer(queue.chain(List.of(headerAndData), List.of(queue.writable(1))));
        mini.ring();

        assertTrue(legacy.complaints().toString().contains("ANY_LAYOUT was not accepted"));
    }

    @Test
    void servesAFile(@TempDir Path directory) throws IOException {
        Path image = directory.resolve("disk");
        Files.write(image, pattern(2048 + 100));
        EmulatedFunction file = EmulatedDevices.parse("block,image=" + image);
        MiniDriver mini = MiniDriver.virtio1(file);
        start(mini, RANGES | BIT_FLUSH);
        assertEquals(4, mini.configBar.read32(mini.configAt), "whole sectors only");

        DmaRegion data = queue.readable(pattern(512));
        assertEquals(OK, send(mini, header(OUT, 3), List.of(data), List.of()).status());
        DmaRegion zeroes = queue.readable(range(1, 1, 0));
        assertEquals(OK, send(mini, header(WRITE_ZEROES, 0), List.of(zeroes), List.of()).status());
        assertEquals(OK, send(mini, header(FLUSH, 0), List.of(), List.of()).status());
        mini.status(0);
        file.close();

        byte[] expected = pattern(2048 + 100);
        System.arraycopy(pattern(512), 0, expected, 3 * 512, 512);
        Arrays.fill(expected, 512, 1024, (byte) 0);
        assertArrayEquals(expected, Files.readAllBytes(image));
        assertEquals(List.of(), file.complaints().list());
    }
}
