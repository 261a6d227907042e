package org.jvirtio.examples;

import org.HdrHistogram.Histogram;
import org.jvirtio.DeviceType;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.device.BlockQueue;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/** How long a request takes through either ring and back: percentiles, after a warm-up, in turn. */
public final class MeasureRing {

    private static final int WARM_UP = 50_000;
    private static final int ROUNDS = 5;
    private static final int REQUESTS = 20_000;
    private static final int BYTES = 4096;

    private MeasureRing() {}

    public static void main(String[] arguments) {
        System.out.printf(
                "Measuring %d reads of %d bytes from two emulated disks, one at a time, after %d"
                        + " that do not count%n",
                ROUNDS * REQUESTS, BYTES, WARM_UP);
        System.out.println(
                "The model works on this same thread when it is rung: compare the rows, not disks");
        Histogram clock = new Histogram(3);
        try (Ring split = new Ring("split");
                Ring packed = new Ring("packed")) {
            // In turn, so that whatever else this machine does disturbs all alike.
            for (int round = 0; round < ROUNDS; round++) {
                readClock(clock);
                split.read(REQUESTS);
                packed.read(REQUESTS);
            }
            System.out.println("ns              p50       p90       p99     p99.9       max");
            print("clock alone", clock);
            print("split ring", split.nanos);
            print("packed ring", packed.nanos);
        }
    }

    /** What each figure has too much: the clock is read twice for a request. */
    private static void readClock(Histogram nanos) {
        for (int i = 0; i < REQUESTS; i++) {
            long begin = System.nanoTime();
            nanos.recordValue(System.nanoTime() - begin);
        }
    }

    private static void print(String what, Histogram nanos) {
        System.out.printf("%-12s", what);
        for (double percentile : new double[] {50, 90, 99, 99.9, 100}) {
            System.out.printf("%10d", nanos.getValueAtPercentile(percentile));
        }
        System.out.println();
    }

    /** A disk whose queue has the ring asked for, and what its requests took. */
    private static final class Ring implements AutoCloseable {

        private final BlockDriver disk;
        private final DmaRegion buffer;
        private final Histogram nanos = new Histogram(3);

        Ring(String format) {
            PciFunction function = EmulatedDevices.parse("block,size=1M,ring=" + format);
            LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
            disk = BlockDriver.start(Transports.open(function, DeviceType.BLOCK, choice.require()));
            buffer = disk.device().allocate(BYTES, BYTES);
            read(WARM_UP);
            nanos.reset();
        }

        void read(int requests) {
            BlockQueue queue = disk.queue(0);
            for (int i = 0; i < requests; i++) {
                long begin = System.nanoTime();
                queue.offerRead(0, buffer, 0, BYTES, i);
                queue.submit();
                queue.await("a read");
                nanos.recordValue(System.nanoTime() - begin);
            }
        }

        @Override
        public void close() {
            disk.close();
        }
    }
}
