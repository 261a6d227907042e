package org.jvirtio.cli.bench.reach;

import org.jvirtio.cli.Functions;
import org.jvirtio.cli.bench.block.PolledReads;

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
        try {
            DrivenDisk disk =
                    new DrivenDisk(PolledReads.open(Functions.openToDrive(name)), plan, end);
            disk.warmUp();
            return disk;
        } catch (RuntimeException failure) {
            end.run();
            throw failure;
        }
    }

    private void warmUp() {
        reads.read(ReachPlan.ALONE, plan.warmUp() / 2);
        reads.read(ReachPlan.DEEP, plan.warmUp() / 2);
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
