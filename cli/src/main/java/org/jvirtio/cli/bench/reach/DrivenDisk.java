package org.jvirtio.cli.bench.reach;

import java.util.function.Supplier;
import org.jvirtio.cli.Functions;
import org.jvirtio.cli.bench.block.PolledReads;
import org.jvirtio.pci.PciFunction;

/** A disk by the name of its function, driven by this process. */
public final class DrivenDisk implements ReachDisk {

    private final PolledReads reads;
    private final ReachPlan plan;
    private final Runnable end;

    private DrivenDisk(PolledReads reads, ReachPlan plan, Runnable end) {
        this.reads = reads;
        this.plan = plan;
        this.end = end;
    }

    /**
     * Starts the disk, and reads for as long as the plan warms up.
     *
     * @param end takes down what was started for the disk; runs also if this fails
     */
    public static DrivenDisk open(String name, ReachPlan plan, Runnable end) {
        return open(() -> Functions.openToDrive(name), plan, end);
    }

    static DrivenDisk open(Supplier<PciFunction> opener, ReachPlan plan, Runnable end) {
        try {
            return warm(new DrivenDisk(PolledReads.open(opener.get()), plan, end));
        } catch (RuntimeException failure) {
            end.run();
            throw failure;
        }
    }

    private static DrivenDisk warm(DrivenDisk disk) {
        PolledReads reads = disk.reads;
        try {
            reads.read(ReachPlan.ALONE, disk.plan.warmUp() / 2);
            reads.read(ReachPlan.DEEP, disk.plan.warmUp() / 2);
            return disk;
        } catch (RuntimeException failure) {
            try (reads) {
                throw failure;
            }
        }
    }

    @Override
    public ReachSample round() {
        return ReachSample.of(reads, plan);
    }

    @Override
    public void close() {
        try {
            reads.close();
        } finally {
            end.run();
        }
    }
}
