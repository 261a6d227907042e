package org.jvirtio.cli.lab;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.cli.UsageException;
import org.jvirtio.lab.matrix.CellDevice;
import org.jvirtio.lab.matrix.CellInterrupts;
import org.jvirtio.lab.matrix.CellRing;
import org.jvirtio.lab.matrix.MatrixAxes;
import org.jvirtio.lab.matrix.RingFeatures;
import org.jvirtio.lab.matrix.Shown;
import org.jvirtio.pci.Policy;
import picocli.CommandLine.Option;

/** The axes of the matrix, each cut down to the values that are named. A mixin. */
public final class AxisOptions {

    private static final String VALUE = "VALUE";

    @Option(
            names = "--layout",
            paramLabel = VALUE,
            description = "only functions that show this: transitional, mail-fast-isr, ...; repeat")
    private List<String> layouts = new ArrayList<>();

    @Option(
            names = "--policy",
            paramLabel = VALUE,
            description =
                    "only under this: auto, legacy-first,lenient, virtio1,strict, ...; repeat")
    private List<String> policies = new ArrayList<>();

    @Option(
            names = "--interrupts",
            paramLabel = VALUE,
            description = "only with msix, msix-shared, intx or polling; repeat")
    private List<String> interrupts = new ArrayList<>();

    @Option(names = "--ring", paramLabel = VALUE, description = "only split or packed")
    private List<String> rings = new ArrayList<>();

    @Option(
            names = "--features",
            paramLabel = VALUE,
            description =
                    "only with these of the ring: plain, event-idx+indirect, all, ...; repeat")
    private List<String> features = new ArrayList<>();

    @Option(
            names = "--device",
            paramLabel = VALUE,
            description = "only entropy, block, net or console; repeat")
    private List<String> devices = new ArrayList<>();

    MatrixAxes axes() {
        MatrixAxes all = MatrixAxes.ALL;
        try {
            return new MatrixAxes(
                    MatrixAxes.named("a layout", all.layouts(), Shown::label, layouts),
                    MatrixAxes.named("a policy", all.policies(), Policy::toString, policies),
                    MatrixAxes.named(
                            "interrupts", all.interrupts(), CellInterrupts::label, interrupts),
                    MatrixAxes.named("a ring", all.rings(), CellRing::label, rings),
                    MatrixAxes.named(
                            "ring features", all.features(), RingFeatures::label, features),
                    MatrixAxes.named("a device", all.devices(), CellDevice::label, devices));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** Complains if an axis is cut down on which a function that somebody named has one place. */
    void checkFor(List<String> functions) {
        if (!functions.isEmpty() && !(layouts.isEmpty() && devices.isEmpty())) {
            throw new UsageException(
                    "choosing cells of "
                            + functions
                            + " by --layout or --device: a function shows what it shows, and is what"
                            + " it is. Choose by --policy, --interrupts, --ring or --features.");
        }
    }

    /** True if some axis was cut down. */
    boolean isSelective() {
        return !List.of(layouts, policies, interrupts, rings, features, devices).stream()
                .allMatch(List::isEmpty);
    }
}
