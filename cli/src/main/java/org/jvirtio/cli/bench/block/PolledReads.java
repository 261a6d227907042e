package org.jvirtio.cli.bench.block;

import java.util.HashMap;
import java.util.Map;
import org.jvirtio.DeviceType;
import org.jvirtio.Transport;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/**
 * Our driver on a disk that reads 4 KiB at any place and polls, with as many reads in flight as
 * each turn says. The same on every reach. One thread.
 */
public final class PolledReads implements AutoCloseable {

    public static final int READ_BYTES = 4096;

    private final BlockDriver driver;
    private final Map<Integer, BlockLoad> loads = new HashMap<>();

    /**
     * What one turn gave.
     *
     * @param p50Micros half of all reads were done within this time
     * @param ownNanos for one read, in which the driver did not wait for the device
     */
    public record Turn(double perSecond, double p50Micros, double p99Micros, double ownNanos) {}

    private PolledReads(BlockDriver driver) {
        this.driver = driver;
    }

    /** Starts the disk in the layout that is chosen by itself; takes {@code function} over. */
    public static PolledReads open(PciFunction function) {
        return new PolledReads(
                BlockDriver.start(
                        transport(function),
                        BlockDriver.needs().withInterrupts(Waiting.POLL.interrupts())));
    }

    private static Transport transport(PciFunction function) {
        try {
            LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
            return Transports.open(function, DeviceType.BLOCK, choice.require());
        } catch (RuntimeException failure) {
            try (function) {
                throw failure;
            }
        }
    }

    /**
     * Reads for so many seconds by the clock.
     *
     * @param depth reads in flight at every moment
     */
    public Turn read(int depth, double seconds) {
        BlockLoad load = load(depth);
        load.clear();
        double nanos = load.run((long) (seconds * 1e9));
        double reads = load.done();
        double ownNanos = (nanos - load.waitedNanos()) / reads;
        load.drain();
        load.requireNoErrors();
        return new Turn(
                reads / (nanos / 1e9), load.latency(0.5) / 1e3, load.latency(0.99) / 1e3, ownNanos);
    }

    /** So many reads in flight, for whoever measures more than a turn. */
    BlockLoad load(int depth) {
        return loads.computeIfAbsent(
                depth,
                reads ->
                        new BlockLoad(
                                driver, new Load(false, true, READ_BYTES, reads), Waiting.POLL));
    }

    /** Stops the disk and closes the function. */
    @Override
    public void close() {
        driver.close();
    }
}
