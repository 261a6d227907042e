package org.jvirtio.cli.bench.block;

import java.util.ArrayList;
import java.util.List;

/**
 * What the guest is to measure, and how long.
 *
 * @param rounds how often everybody has a turn
 * @param seconds of one measurement
 * @param warmUpSeconds in which ours runs unmeasured before the first round, for the JIT compilers
 */
public record BlockPlan(Selection selection, int rounds, double seconds, double warmUpSeconds) {

    /** Before each measurement, by everybody: the device starts, caches fill. */
    static final double RAMP_SECONDS = 0.1;

    public BlockPlan {
        if (rounds < 1 || !(seconds > 0 && seconds <= 60) || !(warmUpSeconds >= 0)) {
            throw new IllegalArgumentException(
                    String.format(
                            "measuring %d rounds of %.2f s after %.2f s of warm-up: at least one"
                                    + " round, more than 0 and at most 60 s each",
                            rounds, seconds, warmUpSeconds));
        }
    }

    /** As arguments of {@link GuestBlockBench}. */
    public List<String> arguments() {
        return List.of(selection.toString(), "" + rounds, "" + seconds, "" + warmUpSeconds);
    }

    static BlockPlan of(List<String> arguments) {
        return new BlockPlan(
                Selection.parse(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                Double.parseDouble(arguments.get(2)),
                Double.parseDouble(arguments.get(3)));
    }

    public List<BlockDisk> disks() {
        return selection.disks();
    }

    public boolean has(Peer peer) {
        return selection.peers().contains(peer);
    }

    /** What a driver over VFIO is measured at on one disk. */
    List<BlockCell> cells(BlockDisk disk) {
        List<BlockCell> cells = new ArrayList<>();
        for (Waiting waiting : selection.waitings()) {
            for (Load load : selection.loads()) {
                cells.add(new BlockCell(disk, waiting, load));
            }
        }
        return cells;
    }

    /** Every cell, in the order of the report. */
    public List<BlockCell> cells() {
        return disks().stream().flatMap(disk -> cells(disk).stream()).toList();
    }

    /** How many lines to expect from the guest. */
    public int measurements() {
        int drivers = (has(Peer.OURS) ? 1 : 0) + (has(Peer.C) ? 1 : 0);
        int kernels = (has(Peer.FIO) ? 1 : 0) + (has(Peer.FIO_FIXED) ? 1 : 0);
        int loads = selection.loads().size();
        int perDisk = loads * (drivers * selection.waitings().size() + kernels);
        return rounds * disks().size() * perDisk;
    }
}
