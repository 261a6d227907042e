package org.jvirtio.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.linux.Descriptor;
import org.jvirtio.linux.Libc;
import org.jvirtio.linux.MemoryFile;

/**
 * Memory that a client takes away from a running device: by unmapping it, as it may, or by cutting
 * its file short, which is a fault (SIGBUS) for whoever touches it next.
 */
class LostMemoryTest {

    private static final int BOTH = 3;
    private static final int NEEDS_RESET = 0x40;
    private static final long TEBIBYTE = 1L << 40;

    @TempDir Path directory;

    /** An entropy device whose ring lies in the first page of a file of two. */
    private static final class Driven implements AutoCloseable {

        final Served served = new Served("entropy,layout=virtio1");
        final RawClient client = served.client();
        final MemoryFile memory = MemoryFile.create(0x2000);
        final RawQueue queue;

        Driven() {
            assertEquals(0, map(0));
            queue = new RawQueue(client, memory.memory());
        }

        /** Where the ring is, from this offset in the file on. */
        int map(long offset) {
            return client.map(RawQueue.ADDRESS, 0x1000, BOTH, offset, memory.descriptor().fd());
        }

        void offerAndRing() {
            queue.offer(64);
            queue.ring();
        }

        void awaitUsed() {
            served.await(() -> queue.used() == 1, "a used buffer");
        }

        @Override
        public void close() {
            memory.close();
            client.close();
            served.close();
        }
    }

    @Test
    void theDeviceReachesMemoryThatIsMapped() {
        try (Driven driven = new Driven()) {
            driven.offerAndRing();
            driven.awaitUsed();
            assertNotEquals(0, driven.memory.memory().read64(RawQueue.BUFFER));
            assertEquals(15, driven.queue.status());
        }
    }

    @Test
    void aDeviceWhoseRingIsUnmappedNeedsAReset() {
        try (Driven driven = new Driven()) {
            driven.offerAndRing();
            driven.awaitUsed();
            assertEquals(0, driven.client.unmap(RawQueue.ADDRESS, 0x1000));
            driven.served.awaitTold("is freed while queue 0, which lies in it, is enabled");
            driven.offerAndRing();
            assertEquals(1, driven.queue.used());
            assertEquals(15 | NEEDS_RESET, driven.queue.status());
        }
    }

    /** A virtual machine may have more memory than there is, as long as it does not use it. */
    @Test
    void aRangeThatIsLargerThanThisMachineCanBeUnmappedLikeAnyOther() {
        try (Served served = new Served("entropy,layout=virtio1");
                RawClient client = served.client();
                MemoryFile memory = MemoryFile.create(TEBIBYTE)) {
            int fd = memory.descriptor().fd();
            assertEquals(0, client.map(RawQueue.ADDRESS, TEBIBYTE, BOTH, 0, fd));
            RawQueue queue = new RawQueue(client, memory.memory());
            queue.offer(64);
            queue.ring();
            served.await(() -> queue.used() == 1, "a used buffer");
            assertEquals(0, client.unmap(RawQueue.ADDRESS, TEBIBYTE));
            queue.ring();
            assertEquals(15 | NEEDS_RESET, queue.status());
        }
    }

    /** The ring's pointers led to the memory that was there first. */
    @Test
    void memoryMappedAnewIsNotTakenForTheOldOne() {
        try (Driven driven = new Driven()) {
            driven.offerAndRing();
            driven.awaitUsed();
            driven.client.unmap(RawQueue.ADDRESS, 0x1000);
            driven.map(0x1000);
            driven.offerAndRing();
            assertEquals(0, driven.client.read(RawClient.CONFIG, 0, 4));
            assertEquals(1, driven.queue.used());
        }
    }

    /** Otherwise a driver that goes on and on would fill the server's memory. */
    @Test
    void aBufferThatTheDeviceHasAlreadyIsAFault() {
        try (Driven driven = new Driven()) {
            driven.queue.offer(64);
            driven.queue.offerAgain(2);
            driven.queue.ring();
            driven.served.awaitTold(
                    "buffer 0 of queue 0 is available while the device has it already");
            assertEquals(15 | NEEDS_RESET, driven.queue.status());
        }
    }

    @Test
    void aFileThatIsCutShortCostsItsClientOnly() throws IOException {
        Path file = directory.resolve("memory");
        Files.write(file, new byte[0x1000]);
        try (Served served = new Served("entropy,layout=virtio1")) {
            try (RawClient client = served.client();
                    Descriptor memory = Descriptor.open(file.toString(), Libc.O_RDWR, "");
                    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                assertEquals(0, client.map(RawQueue.ADDRESS, 0x1000, BOTH, 0, memory.fd()));
                org.jvirtio.linux.Mapping mapping =
                        org.jvirtio.linux.Mapping.ofFile(memory.fd(), 0, 0x1000, "the page");
                RawQueue queue = new RawQueue(client, mapping.memory());
                queue.offer(64);
                channel.truncate(0);
                assertThrows(DeviceBrokenException.class, queue::ringAndLook);
                mapping.close();
            }
            served.awaitTold("its file was cut short");
            try (RawClient next = served.client()) {
                assertEquals(0, next.read(RawClient.CONFIG, 0, 4));
            }
        }
    }
}
