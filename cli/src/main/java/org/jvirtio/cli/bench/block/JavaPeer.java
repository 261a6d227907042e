package org.jvirtio.cli.bench.block;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jvirtio.DeviceType;
import org.jvirtio.Transport;
import org.jvirtio.cli.GuestVfio;
import org.jvirtio.cli.bench.block.Measurement.Figures;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.transport.Transports;

/** Our driver through VFIO, from opening the function to giving it back. */
final class JavaPeer {

    private JavaPeer() {}

    /** The function must be bound to vfio-pci. */
    static Figures measure(BlockCell cell, double seconds) throws IOException {
        try (BlockDriver driver = start(cell)) {
            BlockLoad load = new BlockLoad(driver, cell.load(), cell.waiting());
            load.run((long) (BlockPlan.RAMP_SECONDS * 1e9));
            load.clear();
            long cpu = cpuNanos();
            double nanos = load.run((long) (seconds * 1e9));
            double operations = load.done() / (nanos / 1e9);
            return new Figures(
                    operations,
                    operations * cell.load().bytes() / 1e6,
                    load.latency(0.5) / 1e3,
                    load.latency(0.99) / 1e3,
                    100 * (cpuNanos() - cpu) / nanos,
                    load.errors());
        }
    }

    private static BlockDriver start(BlockCell cell) {
        PciFunction function = GuestVfio.open(cell.disk().address());
        LayoutChoice choice = LayoutChoice.of(function, cell.disk().policy());
        Transport transport = Transports.open(function, DeviceType.BLOCK, choice.require());
        return BlockDriver.start(
                transport, BlockDriver.needs().withInterrupts(cell.waiting().interrupts()));
    }

    /** What this thread ran: the first number of its schedstat (proc(5)). */
    private static long cpuNanos() throws IOException {
        String line = Files.readString(Path.of("/proc/thread-self/schedstat"));
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }
}
