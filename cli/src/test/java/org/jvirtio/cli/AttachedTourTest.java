package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A function that somebody else made: what it is, and how large, is theirs to say. */
class AttachedTourTest {

    private static final long IMAGE_BYTES = 16 << 20;

    @TempDir private Path directory;

    /** Nothing is said of a type whose number has no name yet, or of ids that disagree. */
    @Test
    void aTypeWithoutANameIsAFailureOfTheRow() throws IOException {
        Path mask = Files.writeString(directory.resolve("mask"), "CONFIG.DEVICE_ID = 0x107e\n");
        List<DeviceReport> rows =
                new AttachedTour("overlay:" + mask + "@emulated:entropy", Optional.empty(), false)
                        .run(row -> {});
        assertEquals("virtio1", rows.get(0).layout());
        assertTrue(rows.get(0).failure().contains("there is no proof"), rows.get(0).failure());
    }

    /** An image may be longer than any array. */
    @Test
    void anImageIsReadPieceByPiece() throws IOException {
        Path image = directory.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(IMAGE_BYTES);
        }
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        String name = "emulated:block,image=" + image;
        AttachedTour without = new AttachedTour(name, Optional.empty(), false);
        AttachedTour with = new AttachedTour(name, Optional.of(image), false);
        without.run(row -> {});
        long before = thread.getCurrentThreadAllocatedBytes();
        without.run(row -> {});
        long between = thread.getCurrentThreadAllocatedBytes();
        List<DeviceReport> rows = with.run(row -> {});
        long more = thread.getCurrentThreadAllocatedBytes() - between - (between - before);

        assertTrue(rows.get(0).verified(), rows::toString);
        assertTrue(more < IMAGE_BYTES, more + " bytes more to compare with the image");
    }
}
