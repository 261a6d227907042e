package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.pci.PciFunction;

/** A disk image under a block model (virtio 1.4 section 5.2.6), and what others do to it. */
@Timeout(60)
class FileBackingTest {

    private static final long FLUSH_FEATURE = 1 << 9;
    private static final int IN = 0;
    private static final int OUT = 1;
    private static final int FLUSH = 4;
    private static final int SECURE_ERASE = 14;

    @TempDir Path directory;
    private Path image;

    @BeforeEach
    void makeImage() throws IOException {
        image = Files.write(directory.resolve("disk"), new byte[8 * 512 + 100]);
    }

    private EmulatedFunction disk(String options) {
        return EmulatedDevices.parse("block,image=" + image + options);
    }

    private static MiniDriver driver(EmulatedFunction function) {
        return MiniDriver.virtio1(function);
    }

    /** One request with readable data; its status. */
    private static int request(
            MiniDriver driver, MiniQueue queue, int type, long sector, byte[] data) {
        DmaRegion status = queue.writable(1);
        DmaRegion header = queue.readable(header(type, sector));
        List<DmaRegion> readable =
                data.length == 0 ? List.of(header) : List.of(header, queue.readable(data));
        queue.offer(queue.chain(readable, List.of(status)));
        driver.ring();
        return status.memory().read8(0);
    }

    private static int read(MiniDriver driver, MiniQueue queue, long sector, DmaRegion into) {
        DmaRegion status = queue.writable(1);
        queue.offer(
                queue.chain(List.of(queue.readable(header(IN, sector))), List.of(into, status)));
        driver.ring();
        return status.memory().read8(0);
    }

    private static byte[] header(int type, long sector) {
        ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        return header.putInt(0, type).putLong(8, sector).array();
    }

    @Test
    void aRestOfLessThanASectorIsNotShownAndNotTouched() throws IOException {
        try (EmulatedFunction function = disk("")) {
            MiniDriver driver = driver(function);
            assertEquals(8, driver.configBar.read32(driver.configAt));
            MiniQueue queue = driver.start(MiniDriver.VERSION_1);
            assertEquals(0, request(driver, queue, OUT, 7, new byte[512]));
            assertEquals(1, request(driver, queue, OUT, 8, new byte[512]));
            driver.status(0);
        }
        assertEquals(8 * 512 + 100, Files.size(image));
    }

    @Test
    void anImageThatShrankAnswersIoerrAndDoesNotGrowAgain() throws IOException {
        try (EmulatedFunction function = disk("")) {
            MiniDriver driver = driver(function);
            MiniQueue queue = driver.start(MiniDriver.VERSION_1);
            try (RandomAccessFile other = new RandomAccessFile(image.toFile(), "rw")) {
                other.setLength(4 * 512);
            }
            DmaRegion buffer = queue.writable(512);
            assertEquals(0, read(driver, queue, 3, buffer));
            assertEquals(1, read(driver, queue, 4, buffer));
            assertEquals(0, request(driver, queue, OUT, 3, new byte[512]));
            assertEquals(1, request(driver, queue, OUT, 4, new byte[512]));
            assertEquals(4 * 512, Files.size(image));
            assertEquals(15, driver.status(), "the device goes on");
            driver.status(0);
        }
    }

    @Test
    void secureEraseIsNotOfferedAndNotDone() throws IOException {
        Files.write(image, Arrays.copyOf(new byte[] {42}, 4096));
        try (EmulatedFunction function = disk("")) {
            MiniDriver driver = driver(function);
            assertEquals(0, driver.offered() & (1 << 16));
            MiniQueue queue = driver.start(MiniDriver.VERSION_1);
            byte[] range = ByteBuffer.allocate(16).put(8, (byte) 8).array();
            assertEquals(2, request(driver, queue, SECURE_ERASE, 0, range));
            driver.status(0);
        }
        assertEquals(42, Files.readAllBytes(image)[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",readonly=on"})
    void anImageBelongsToOneDeviceUntilItIsClosed(String options) {
        try (EmulatedFunction first = disk(options)) {
            String message =
                    assertThrows(EnvironmentException.class, () -> disk(options)).getMessage();
            assertTrue(message.contains("in use by another device"), message);
            assertThrows(EnvironmentException.class, () -> disk(",readonly=on"));
            assertEquals("emulated:block,image=" + image + options, first.name());
        }
        assertDoesNotThrow(() -> disk("").close());
    }

    /** 3 is no power of two, and a wrap bit needs a packed ring. */
    @ParameterizedTest
    @ValueSource(strings = {",queue=3", ",fault=wrap-bit-wrong", ",layout=legacy+x"})
    void anImageOfADeviceThatCannotBeIsFreeAgain(String options) {
        assertThrows(IllegalArgumentException.class, () -> disk(options));
        assertDoesNotThrow(() -> disk("").close());
    }

    @Test
    void aDirectoryIsNoImage() {
        image = directory;
        assertThrows(EnvironmentException.class, () -> disk(",readonly=on"));
        assertThrows(EnvironmentException.class, () -> disk(""));
    }

    /** BLK-28: the device is killed between the answer to FLUSH and its restart. */
    @Test
    void whatWasFlushedSurvivesTheDeathOfTheDevice() throws Exception {
        Process device =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xshare:auto",
                                "-cp",
                                classPath(),
                                Doomed.class.getName(),
                                image.toString())
                        .redirectErrorStream(true)
                        .start();
        String flushed = device.inputReader().readLine();
        device.destroyForcibly().waitFor();

        assertEquals("flushed, status 0", flushed);
        byte[] expected = new byte[512];
        Arrays.fill(expected, (byte) 0x5a);
        try (EmulatedFunction function = disk("")) {
            MiniDriver driver = driver(function);
            MiniQueue queue = driver.start(MiniDriver.VERSION_1);
            DmaRegion buffer = queue.writable(512);
            assertEquals(0, read(driver, queue, 5, buffer));
            byte[] seen = new byte[512];
            buffer.memory().copyTo(0, seen, 0, 512);
            assertArrayEquals(expected, seen);
            driver.status(0);
        }
    }

    /** Wherever the classes of a device came from. */
    private static String classPath() {
        return Stream.of(
                        FileBackingTest.class,
                        EmulatedFunction.class,
                        PciFunction.class,
                        NativeMemory.class)
                .map(each -> each.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Writes, flushes, says so, and waits to be killed. */
    static final class Doomed {

        private Doomed() {}

        public static void main(String[] arguments) throws InterruptedException {
            MiniDriver driver = driver(EmulatedDevices.parse("block,image=" + arguments[0]));
            MiniQueue queue = driver.start(MiniDriver.VERSION_1 | FLUSH_FEATURE);
            byte[] data = new byte[512];
            Arrays.fill(data, (byte) 0x5a);
            int status = request(driver, queue, OUT, 5, data);
            status |= request(driver, queue, FLUSH, 0, new byte[0]);
            System.out.println("flushed, status " + status);
            Thread.sleep(60_000);
        }
    }
}
