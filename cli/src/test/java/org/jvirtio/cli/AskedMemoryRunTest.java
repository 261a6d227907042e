package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.DeviceType;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.serve.DeviceServer;
import org.jvirtio.transport.Transports;
import org.jvirtio.vfiouser.ClientOptions;
import org.jvirtio.vfiouser.VfioUserFunction;

/**
 * A disk whose server has no descriptor of its driver's memory: rings and buffers alike go through
 * messages (vfio-user, VFIO_USER_DMA_READ and _WRITE), over the one socket there is or its twin.
 */
@Timeout(60)
class AskedMemoryRunTest {

    private static final int SECTOR = 512;

    /** More than goes in one message. */
    private static final int LARGE = 200 * SECTOR;

    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({
        "'layout=virtio1', true",
        "'layout=virtio1', false",
        "'layout=virtio1,ring=packed', true",
        "'layout=virtio1,ring=packed', false",
        "'layout=virtio1,offer=all', false",
        "'layout=virtio1,offer=all,ring=packed', true",
        "'layout=virtio1,queue=4', true",
        "'layout=virtio1,queue=5,ring=packed', true",
        "'layout=legacy', true",
        "'layout=register-set', false",
    })
    void whatIsWrittenIsOnTheDiskAndReadsBack(String options, boolean twin) throws IOException {
        Path image = Files.write(directory.resolve("image"), new byte[1 << 20]);
        Path socket = directory.resolve("socket");
        List<String> told = new CopyOnWriteArrayList<>();
        byte[] data = new byte[LARGE];
        new Random(20111008).nextBytes(data);
        try (DeviceServer server = new DeviceServer(told::add)) {
            server.serve("block," + options + ",image=" + image, socket);
            ClientOptions client = new ClientOptions(Duration.ofSeconds(5), false, twin);
            PciFunction function = VfioUserFunction.open(socket, client);
            LayoutChoice choice = LayoutChoice.of(function, Policy.parse("auto"));
            try (function;
                    BlockDriver driver =
                            BlockDriver.start(
                                    Transports.open(
                                            function, DeviceType.BLOCK, choice.require()))) {
                exercise(driver, data);
            }
        }
        byte[] disk = Files.readAllBytes(image);
        assertArrayEquals(data, Arrays.copyOfRange(disk, 3 * SECTOR, 3 * SECTOR + LARGE));
        assertTrue(
                told.stream().noneMatch(line -> line.contains("wrong") || line.contains("refuse")),
                () -> "" + told);
    }

    /** More requests than any ring here has entries, so that each goes round. */
    private static void exercise(BlockDriver driver, byte[] data) {
        driver.write(3, data);
        driver.flush();
        byte[] back = new byte[LARGE];
        driver.read(3, back);
        assertArrayEquals(data, back);
        byte[] sector = new byte[SECTOR];
        for (int i = 0; i < 300; i++) {
            int number = i % (LARGE / SECTOR);
            driver.read(3 + number, sector);
            byte[] expected = Arrays.copyOfRange(data, number * SECTOR, (number + 1) * SECTOR);
            assertEquals(Arrays.hashCode(expected), Arrays.hashCode(sector), "sector " + number);
        }
    }
}
