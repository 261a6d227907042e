package org.jvirtio.lab.faults;

import java.util.Arrays;
import org.jvirtio.RequestException;
import org.jvirtio.Transport;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.device.BlockFeature;
import org.jvirtio.device.BlockGeometry;
import org.jvirtio.device.BlockQueue;
import org.jvirtio.memory.DmaRegion;

/**
 * Writes two pieces of an empty disk and reads them again, one after the other, so that data of the
 * request before is never the data that is wanted.
 *
 * <pre>
 *   request   0 write A   1 write B   2 read A   3 read B   4 name   5 flush   6 discard
 * </pre>
 *
 * <p>If some are to be in flight together, they are reads, too, and come as 2, 3, and so on.
 */
final class BlockExercise extends Exercise {

    private static final int WANTED_QUEUES = 2;
    private static final int BYTES = 4096;
    private static final long SECTORS = BYTES / BlockGeometry.SECTOR_BYTES;
    private static final long A = 0;
    private static final long B = 4 * SECTORS;
    private static final long ELSEWHERE = 8 * SECTORS;

    /** One request that is refused does not end the exercise. */
    private interface Step {
        void run();
    }

    private final Work work;

    BlockExercise(Work work) {
        this.work = work;
    }

    @Override
    void run(Transport transport) {
        try (BlockDriver disk = BlockDriver.start(transport, BlockDriver.needs(WANTED_QUEUES))) {
            started();
            boolean a = isWritten(disk, A, 'A');
            boolean b = isWritten(disk, B, 'B');
            readTogether(disk);
            disk.refresh();
            long start = System.nanoTime();
            do {
                attempt(() -> require(disk, A, 'A', a));
                attempt(() -> require(disk, B, 'B', b));
            } while (System.nanoTime() - start < work.nanos());
            attempt(() -> disk.id().ifPresent(name -> facts.remark("its name is " + name)));
            attempt(disk::flush);
            if (disk.device().has(BlockFeature.DISCARD)) {
                attempt(() -> disk.discard(ELSEWHERE, SECTORS));
            }
            facts.add(disk.device());
        }
    }

    private boolean isWritten(BlockDriver disk, long sector, int value) {
        return !disk.isReadOnly() && attempt(() -> disk.write(sector, filled(value)));
    }

    private boolean attempt(Step step) {
        try {
            step.run();
            return true;
        } catch (RequestException refused) {
            facts.refused(refused);
            return false;
        }
    }

    /** Reads A and B in turn, all at once. */
    private void readTogether(BlockDriver disk) {
        int count = work.together();
        if (count == 0) {
            return;
        }
        BlockQueue queue = disk.queue(0);
        DmaRegion data = disk.device().allocate((long) count * BYTES, BlockGeometry.SECTOR_BYTES);
        for (int i = 0; i < count; i++) {
            queue.offerRead(isA(i) ? A : B, data, (long) i * BYTES, BYTES, i);
        }
        queue.submit();
        for (int i = 0; i < count; i++) {
            queue.await("one of " + count + " reads");
            attempt(() -> requireRead(queue, data));
        }
    }

    private static void requireRead(BlockQueue queue, DmaRegion data) {
        if (!queue.isOk()) {
            throw new RequestException(
                    "read " + queue.token() + " of many: " + queue.status().meaning());
        }
        byte[] read = new byte[BYTES];
        data.memory().copyTo(queue.token() * BYTES, read, 0, BYTES);
        boolean a = isA(queue.token());
        require(read, a ? 'A' : 'B', a ? A : B);
    }

    private static boolean isA(long token) {
        return token % 2 == 0;
    }

    /** What a write that failed left on the disk, nobody knows. */
    private void require(BlockDriver disk, long sector, int wanted, boolean written) {
        byte[] data = new byte[BYTES];
        disk.read(sector, data);
        if (written && !work.anyData()) {
            require(data, wanted, sector);
        }
    }

    private static void require(byte[] data, int wanted, long sector) {
        if (!Arrays.equals(filled(wanted), data)) {
            throw new WrongData(
                    String.format(
                            "sector %d: byte 0 is 0x%02x, written was 0x%02x",
                            sector, data[0], wanted));
        }
    }

    private static byte[] filled(int value) {
        byte[] data = new byte[BYTES];
        Arrays.fill(data, (byte) value);
        return data;
    }
}
