package org.jvirtio.cli.bench;

import static org.jvirtio.cli.bench.report.Better.LOWER;

import java.util.List;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.cli.bench.report.Figure;
import org.jvirtio.cli.bench.report.Goal;
import org.jvirtio.cli.bench.report.Rounds;

/**
 * What was measured over several pairs of boots: the floor and ours in turn, so that a noisy
 * machine disturbs both alike.
 */
final class StartFigures {

    /** A JVM with nothing of ours on the same kernel. */
    private static final String FLOOR = "bare JVM";

    private static final Figure SECONDS = new Figure("time", "s", LOWER);

    /**
     * One pair of boots, in seconds since each QEMU was started.
     *
     * @param floorMain a bare JVM reached {@code main}
     * @param main ours did
     * @param firstByte a device had written its first byte into our memory, or that was printed
     * @param peakMebibytes most memory our JVM held
     */
    record Pair(double floorMain, double main, double firstByte, double peakMebibytes) {}

    private final Rounds main = time("QEMU start", "main").goal(Goal.ratioTo(FLOOR, 1.1));
    private final Rounds firstByte;
    private final Rounds whole;
    private final Rounds memory =
            new Rounds("most memory the JVM held", new Figure("memory", "MiB", LOWER))
                    .goal(Goal.ownFigure(128));
    private final Rounds image =
            new Rounds("image: kernel and initramfs", new Figure("size", "MB", LOWER))
                    .goal(Goal.ownFigure(60));

    /** {@code last} is what the way leads to. */
    StartFigures(double imageMegabytes, String last) {
        firstByte = time("main", last).goal(Goal.ownFigure(1.5));
        whole = time("QEMU start", last);
        image.add(Cell.OURS, imageMegabytes);
    }

    void add(Pair pair) {
        main.add(Cell.OURS, pair.main()).add(FLOOR, pair.floorMain());
        firstByte.add(Cell.OURS, pair.firstByte() - pair.main());
        whole.add(Cell.OURS, pair.firstByte());
        memory.add(Cell.OURS, pair.peakMebibytes());
    }

    List<Cell> cells() {
        return List.of(main.cell(), firstByte.cell(), whole.cell(), memory.cell(), image.cell());
    }

    private static Rounds time(String from, String to) {
        return new Rounds("start of a guest", SECONDS).at("from", from).at("to", to);
    }
}
