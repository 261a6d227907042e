package org.jvirtio.examples;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.DeviceType;
import org.jvirtio.DriverLoop;
import org.jvirtio.QueueTurn;
import org.jvirtio.Waiting;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.device.BlockQueue;
import org.jvirtio.linux.PinnedThread;
import org.jvirtio.linux.Processors;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/** Reads two disks on every core: a loop per core, which turns one queue of each disk. */
public final class QueuePerCore {

    private static final int DEPTH = 8;
    private static final int BYTES = 4096;
    private static final int BLOCKS = 2000;

    private QueuePerCore() {}

    public static void main(String[] arguments) {
        List<Integer> cores = Processors.allowed();
        System.out.println("Reading two emulated disks with a queue for each of " + cores);
        try (BlockDriver one = start(cores.size());
                BlockDriver other = start(cores.size())) {
            List<PinnedThread> threads = new ArrayList<>();
            for (int i = 0; i < cores.size(); i++) {
                List<Reader> turns = List.of(new Reader(one, i), new Reader(other, i));
                DriverLoop loop = new DriverLoop("core " + cores.get(i), Waiting.DEFAULT, turns);
                System.out.println(loop.decision());
                threads.add(PinnedThread.start("core " + cores.get(i), cores.get(i), loop));
            }
            threads.forEach(PinnedThread::join);
        }
        System.out.println(2 * cores.size() * BLOCKS + " blocks read");
    }

    private static BlockDriver start(int queues) {
        PciFunction disk = EmulatedDevices.parse("block,size=16M,thread=on,queues=" + queues);
        LayoutChoice choice = LayoutChoice.of(disk, Policy.AUTO);
        return BlockDriver.start(
                Transports.open(disk, DeviceType.BLOCK, choice.require()),
                BlockDriver.needs(queues));
    }

    // tag::turn[]
    /** Reads blocks one after the other, eight at a time. */
    private static final class Reader extends QueueTurn {

        private final BlockQueue queue;
        private final DmaRegion buffers;
        private int next;
        private int done;

        Reader(BlockDriver disk, int index) {
            super(disk.device(), index, "block reads");
            queue = disk.queue(index);
            buffers = disk.device().allocate((long) DEPTH * BYTES, BYTES);
        }

        @Override
        protected boolean work() {
            int before = next + done;
            while (next < DEPTH) {
                offer(next);
            }
            for (int i = 0; i < DEPTH && queue.poll(); i++) {
                done++;
                if (next < BLOCKS) {
                    offer((int) queue.token()); // the buffer that is free now
                }
            }
            queue.submit();
            return next + done > before;
        }

        private void offer(int buffer) {
            long sector = next * (BYTES / 512L);
            boolean taken = queue.offerRead(sector, buffers, (long) buffer * BYTES, BYTES, buffer);
            next += taken ? 1 : 0;
        }

        @Override
        public boolean isOver() {
            return done == BLOCKS;
        }
    }
    // end::turn[]
}
