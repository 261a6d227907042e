package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.DeviceType;
import org.jvirtio.DriverLoop;
import org.jvirtio.InterruptMode;
import org.jvirtio.QueueTurn;
import org.jvirtio.Waiting;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.device.BlockQueue;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Policy;

/**
 * Sleeping between two requests of a device that works beside the driver, on every rung of the
 * ladder (virtio 1.4 sections 2.7.14 and 4.1.5.3): each request is a chance to lose a wake-up, and
 * a lost one costs 100 ms and is counted.
 */
@Timeout(60)
class DriverLoopOnModelsTest {

    private static final int ROUNDS = 2000;

    /** One sector after the other, the next once the last is read. */
    private static class Reads extends QueueTurn {

        private final BlockQueue queue;
        private final DmaRegion sector;
        private int left;
        private boolean asked;

        Reads(BlockDriver disk, int index, int count) {
            super(disk.device(), index, "sectors");
            queue = disk.queue(index);
            sector = disk.device().allocate(512, 512);
            left = count;
        }

        @Override
        protected boolean work() {
            if (asked && !queue.poll()) {
                return false;
            }
            left -= asked ? 1 : 0;
            asked = left > 0 && queue.offerRead(0, sector, 0, 512, left);
            queue.submit();
            return asked;
        }

        @Override
        public boolean isOver() {
            return left == 0;
        }
    }

    private static EmulatedFunction function(String options) {
        return EmulatedDevices.parse("block,size=1M,thread=on," + options);
    }

    private static BlockDriver disk(EmulatedFunction function) {
        return BlockDriver.start(
                Transports.open(
                        function,
                        DeviceType.BLOCK,
                        LayoutChoice.of(function, Policy.AUTO).require()),
                BlockDriver.needs(2));
    }

    @ParameterizedTest
    @CsvSource({
        "'queues=2', VECTOR_PER_QUEUE",
        "'queues=2,vectors=2', SHARED_VECTOR",
        "'queues=2,vectors=0', INTX",
        "'queues=2,vectors=0,layout=legacy', INTX",
        "'queues=2,vectors=0,intx=off', POLLING",
    })
    void twoQueuesOnOneThreadLoseNoWakeUp(String options, InterruptMode mode) {
        try (BlockDriver disk = disk(function(options))) {
            assertEquals(mode, disk.device().interrupts().mode());
            List<Reads> turns = List.of(new Reads(disk, 0, ROUNDS), new Reads(disk, 1, ROUNDS));
            DriverLoop loop = new DriverLoop("both", Waiting.interrupt(), turns);

            loop.run();

            assertEquals(0, loop.lostInterrupts());
            assertEquals(mode != InterruptMode.POLLING, loop.sleeps() > 0, loop.decision());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'queues=2', VECTOR_PER_QUEUE",
        "'queues=2,vectors=2', SHARED_VECTOR",
        "'queues=2,vectors=0', INTX",
    })
    void twoQueuesOfTwoThreadsDoNotTakeEachOthersWakeUp(String options, InterruptMode mode) {
        try (BlockDriver disk = disk(function(options))) {
            assertEquals(mode, disk.device().interrupts().mode());
            List<DriverLoop> loops = new ArrayList<>();
            for (int queue = 0; queue < 2; queue++) {
                Reads reads = new Reads(disk, queue, ROUNDS);
                loops.add(new DriverLoop("queue " + queue, Waiting.interrupt(), List.of(reads)));
            }

            CompletableFuture.allOf(
                            loops.stream()
                                    .map(CompletableFuture::runAsync)
                                    .toArray(CompletableFuture<?>[]::new))
                    .join();

            for (DriverLoop loop : loops) {
                assertEquals(0, loop.lostInterrupts(), loop.toString());
                assertTrue(loop.sleeps() > 0, loop.decision());
            }
        }
    }

    @Test
    void twoDevicesOnOneThreadLoseNoWakeUp() {
        try (BlockDriver one = disk(function("serial=one"));
                BlockDriver other = disk(function("serial=other,vectors=0"))) {
            DriverLoop loop =
                    new DriverLoop(
                            "disks",
                            Waiting.interrupt(),
                            List.of(new Reads(one, 0, ROUNDS), new Reads(other, 0, ROUNDS)));

            loop.run();

            assertEquals(0, loop.lostInterrupts());
            assertTrue(loop.sleeps() > 0);
        }
    }

    @Test
    void aStopFromAnotherThreadEndsALoopThatSleeps() throws Exception {
        try (BlockDriver disk = disk(function("serial=idle"))) {
            Reads never =
                    new Reads(disk, 0, 0) {
                        @Override
                        public boolean isOver() {
                            return false;
                        }
                    };
            DriverLoop loop = new DriverLoop("idle", Waiting.interrupt(), List.of(never));
            CompletableFuture<Void> ended = CompletableFuture.runAsync(loop);
            Thread.sleep(250);

            loop.stop();

            ended.join();
            assertTrue(loop.sleeps() > 0);
        }
    }
}
