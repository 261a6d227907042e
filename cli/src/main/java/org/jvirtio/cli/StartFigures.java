package org.jvirtio.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was measured over several pairs of boots: the floor and ours in turn, so that a noisy
 * machine disturbs both alike.
 */
final class StartFigures {

    /**
     * One pair of boots, in seconds since each QEMU was started.
     *
     * @param floorMain a bare JVM reached {@code main}
     * @param main ours did
     * @param firstByte a device had written its first byte into our memory
     * @param peakMebibytes most memory our JVM held
     */
    record Pair(double floorMain, double main, double firstByte, double peakMebibytes) {}

    /**
     * A figure with its goal.
     *
     * @param goal the most that the median may be
     */
    record Figure(String name, String unit, Spread spread, double goal) {

        boolean met() {
            return spread.median() <= goal;
        }
    }

    private final List<Pair> pairs;
    private final double imageMegabytes;

    StartFigures(List<Pair> pairs, double imageMegabytes) {
        this.pairs = List.copyOf(pairs);
        this.imageMegabytes = imageMegabytes;
    }

    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        double none = Double.POSITIVE_INFINITY;
        figures.add(new Figure("QEMU start to main, bare JVM", "s", over(Pair::floorMain), none));
        figures.add(new Figure("QEMU start to main, ours", "s", over(Pair::main), none));
        figures.add(
                new Figure(
                        "ratio of the two, pair by pair",
                        "",
                        over(pair -> pair.main() / pair.floorMain()),
                        1.1));
        figures.add(
                new Figure(
                        "main to the first byte of DMA",
                        "s",
                        over(pair -> pair.firstByte() - pair.main()),
                        1.5));
        figures.add(
                new Figure(
                        "QEMU start to the first byte of DMA", "s", over(Pair::firstByte), none));
        figures.add(new Figure("most memory the JVM held", "MiB", over(Pair::peakMebibytes), 128));
        figures.add(new Figure("image: kernel and initramfs", "MB", Spread.of(imageMegabytes), 60));
        return figures;
    }

    private Spread over(ToDoubleFunction<Pair> figure) {
        return Spread.of(pairs.stream().mapToDouble(figure).toArray());
    }
}
