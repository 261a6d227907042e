package org.jvirtio.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.linux.Descriptor;
import org.jvirtio.linux.EventFd;
import org.jvirtio.linux.Libc;
import org.jvirtio.linux.MemoryFile;

/** Memory of a client (vfio-user, VFIO_USER_DMA_MAP, VFIO_USER_DMA_UNMAP). */
class DmaTest {

    private static final int BOTH = 3;
    private static final int EACCES = 13;
    private static final int EEXIST = 17;
    private static final int EINVAL = 22;
    private static final int ENOSPC = 28;
    private static final long QUARTER = DmaMap.MOST_BYTES / 4;

    private final Served served = new Served("entropy");
    private final RawClient client = served.client();
    private final MemoryFile memory = MemoryFile.create(0x10000);
    private final int fd = memory.descriptor().fd();

    @AfterEach
    void end() {
        memory.close();
        client.close();
        served.close();
    }

    @Test
    void whatIsMappedCanBeUnmappedExactly() {
        assertEquals(0, client.map(0x1000, 0x4000, BOTH, 0x2000, fd));
        assertEquals(EINVAL, client.unmap(0x1000, 0x3000));
        assertEquals(EINVAL, client.unmap(0x2000, 0x1000));
        assertEquals(0, client.unmap(0x1000, 0x4000));
        assertEquals(0x1000, client.socket.received().payload().read64(8));
        assertEquals(0x4000, client.socket.received().payload().read64(16));
        assertEquals(EINVAL, client.unmap(0x1000, 0x4000));
    }

    @ParameterizedTest
    @CsvSource({
        "0x4000, 0x1000",
        "0x3000, 0x2000",
        "0x7000, 0x2000",
        "0x1000, 0xf000",
        "0x4000, 0x4000",
    })
    void aMappingOverAnotherIsRefused(String address, String size) {
        assertEquals(0, client.map(0x4000, 0x4000, BOTH, 0, fd));
        assertEquals(EEXIST, client.map(Long.decode(address), Long.decode(size), BOTH, 0, fd));
        assertEquals(0, client.map(0x8000, 0x1000, BOTH, 0, fd));
        assertEquals(0, client.map(0x3000, 0x1000, BOTH, 0, fd));
    }

    @ParameterizedTest
    @CsvSource({
        "0x1000, 0x11000, 0",
        "0x1000, 0x10000, 0x1000",
        "0x1000, 0x1000, 0x10000",
        "0x1000, 0x1000, 0x7ffffffffffff000",
        "0x1000, 0x1000, -0x1000",
        "0x1000, 0x1000, 0x800",
        "0x1000, 0, 0",
        "0x1000, 0x800, 0",
        "0x1800, 0x1000, 0",
        "0x1000, -0x1000, 0",
        "-0x1000, 0x2000, 0",
        "0x1000, 0x7ffffffffffff000, 0",
    })
    void aMappingThatIsNotInTheFileIsRefused(String address, String size, String position) {
        assertEquals(
                EINVAL,
                client.map(
                        Long.decode(address), Long.decode(size), BOTH, Long.decode(position), fd));
        assertEquals(0, client.map(0x1000, 0x1000, BOTH, 0, fd));
    }

    @Test
    void theTopOfTheAddressSpaceCanBeMapped() {
        assertEquals(0, client.map(-0x1000, 0x1000, BOTH, 0, fd));
        assertEquals(EEXIST, client.map(-0x1000, 0x1000, BOTH, 0, fd));
        assertEquals(0, client.unmap(-0x1000, 0x1000));
    }

    @Test
    void aDescriptorThatIsNoFileIsRefused() {
        try (EventFd event = new EventFd()) {
            assertEquals(EINVAL, client.map(0x1000, 0x1000, BOTH, 0, event.fd()));
        }
    }

    @Test
    void aFileThatMayNotBeWrittenIsRefused() throws IOException {
        Path file = Files.createTempFile("mapped", null);
        Files.write(file, new byte[0x1000]);
        try (Descriptor readable = Descriptor.open(file.toString(), Libc.O_RDONLY, "")) {
            assertEquals(EACCES, client.map(0x1000, 0x1000, BOTH, 0, readable.fd()));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void oneMappingHasOneDescriptorAndSomeUse() {
        assertEquals(EINVAL, client.map(0x1000, 0x1000, BOTH, 0, fd, fd));
        assertEquals(EINVAL, client.map(0x1000, 0x1000, 0, 0, fd));
    }

    /** Its file takes no memory; the addresses that it takes are missed by all other clients. */
    @Test
    void aClientMapsNoMoreThanItsShareOfTheAddresses() {
        try (MemoryFile large = MemoryFile.create(QUARTER)) {
            int file = large.descriptor().fd();
            for (int i = 0; i < 4; i++) {
                assertEquals(0, client.map(i * QUARTER, QUARTER, BOTH, 0, file));
            }
            assertEquals(ENOSPC, client.map(4 * QUARTER, 0x1000, BOTH, 0, file));
            assertEquals(0, client.map(4 * QUARTER, 0x1000, BOTH, 0));
            assertEquals(0, client.unmap(0, QUARTER));
            assertEquals(0, client.map(0, QUARTER - 0x1000, BOTH, 0, file));
            assertEquals(ENOSPC, client.map(5 * QUARTER, 0x2000, BOTH, 0, file));
            assertEquals(0, client.map(5 * QUARTER, 0x1000, BOTH, 0, file));
        }
    }

    /** The ROM of a virtual machine: QEMU does not start if that is refused. */
    @Test
    void whatTheDeviceCannotReachIsMappedAllTheSame() {
        assertEquals(0, client.map(0x1000, 0x1000, BOTH, 0));
        assertEquals(0, client.map(0x2000, 0x1000, 1, 0, fd));
        assertEquals(EEXIST, client.map(0x1000, 0x1000, BOTH, 0, fd));
        assertEquals(0, client.unmap(0x1000, 0x1000));
        assertEquals(0, client.unmap(0x2000, 0x1000));
    }
}
