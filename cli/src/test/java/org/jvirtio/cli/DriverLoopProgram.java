package org.jvirtio.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.DeviceType;
import org.jvirtio.DriverLoop;
import org.jvirtio.QueueTurn;
import org.jvirtio.Waiting;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.device.BlockQueue;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.linux.PinnedThread;
import org.jvirtio.linux.Processors;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/**
 * Two disks on one loop, then the queues of one disk on a loop for each processor, in a guest;
 * prints what became of each loop. Its arguments: a disk with two queues, and another disk.
 */
public final class DriverLoopProgram implements GuestProgram {

    private static final int READS = 500;
    private static final int BYTES = 512;

    private PrintStream out;

    @Override
    public int run(List<String> arguments, PrintStream output, PrintStream err) {
        out = output;
        try (BlockDriver first = start(arguments.get(0));
                BlockDriver second = start(arguments.get(1))) {
            List<Reads> turns = List.of(new Reads(first, 0), new Reads(second, 0));
            DriverLoop loop = new DriverLoop("both", Waiting.interrupt(), turns);
            loop.run();
            tell("both", first, loop, turns);
            out.println("second " + second.device().interrupts().mode());
        }
        try (BlockDriver disk = start(arguments.get(0))) {
            onEveryProcessor(disk);
        }
        return 0;
    }

    private void onEveryProcessor(BlockDriver disk) {
        List<PinnedThread> threads = new ArrayList<>();
        List<DriverLoop> loops = new ArrayList<>();
        List<List<Reads>> turns = new ArrayList<>();
        List<Integer> processors = Processors.allowed();
        for (int i = 0; i < disk.queueCount(); i++) {
            String name = "core " + processors.get(i);
            turns.add(List.of(new Reads(disk, i)));
            loops.add(new DriverLoop(name, Waiting.interrupt(), turns.get(i)));
            threads.add(PinnedThread.start(name, processors.get(i), loops.get(i)));
        }
        threads.forEach(PinnedThread::join);
        for (int i = 0; i < loops.size(); i++) {
            tell("core " + processors.get(i), disk, loops.get(i), turns.get(i));
        }
    }

    private void tell(String name, BlockDriver disk, DriverLoop loop, List<Reads> turns) {
        int done = turns.stream().mapToInt(reads -> reads.done).sum();
        out.printf(
                "%s: %s, %d read, %s, %d lost%n",
                name,
                disk.device().interrupts().mode(),
                done,
                loop.sleeps() > 0 ? "slept" : "never slept",
                loop.lostInterrupts());
    }

    private static BlockDriver start(String name) {
        PciFunction function = Functions.openToDrive(name);
        return BlockDriver.start(
                Transports.open(
                        function,
                        DeviceType.BLOCK,
                        LayoutChoice.of(function, Policy.AUTO).require()),
                BlockDriver.needs(2));
    }

    /** One sector after the other. */
    private static final class Reads extends QueueTurn {

        private final BlockQueue queue;
        private final DmaRegion sector;
        private boolean asked;
        private int done;

        Reads(BlockDriver disk, int index) {
            super(disk.device(), index, "sectors");
            queue = disk.queue(index);
            sector = disk.device().allocate(BYTES, BYTES);
        }

        @Override
        protected boolean work() {
            if (isOver() || (asked && !queue.poll())) {
                return false;
            }
            done += asked && queue.isOk() ? 1 : 0;
            asked = !isOver() && queue.offerRead(0, sector, 0, BYTES, 0);
            queue.submit();
            return true;
        }

        @Override
        public boolean isOver() {
            return done == READS;
        }
    }
}
