package org.jvirtio.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jvirtio.guest.QemuWithoutGuest;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.qtest.QtestMachine;
import org.jvirtio.sysfs.PciAddress;

/**
 * Starts one QEMU without a guest, with every device of a plan, drives each from this process, and
 * holds what was read and written against the disks.
 */
final class QtestTour {

    private final Path directory;
    private final RunPlan plan;
    private final RunDisks disks;
    private final List<String> qemuArguments;
    private final Function<DriveOrder, DeviceReport> driving;

    /**
     * Makes the disks in {@code directory}.
     *
     * @param more arguments for QEMU
     * @param driving carries out an order
     */
    QtestTour(Path directory, List<String> more, Function<DriveOrder, DeviceReport> driving) {
        this.directory = directory;
        this.driving = driving;
        plan = RunPlan.behind("qtest:" + QemuWithoutGuest.socket(directory) + "@");
        disks = new RunDisks(plan, directory);
        qemuArguments = new ArrayList<>(disks.qemuArguments());
        qemuArguments.addAll(more);
    }

    /** The whole QEMU command. */
    List<String> command() {
        return QemuWithoutGuest.command(directory, qemuArguments);
    }

    /**
     * The rows, and how long it took to be ready for the first.
     *
     * @param functions that were found on the bus
     * @param others virtio functions that are not of the plan, with their layouts
     * @param duration from the start of QEMU until they had addresses
     */
    record Start(int functions, Map<String, String> others, Duration duration) {}

    /** What a run gave. */
    record Outcome(Start start, List<DeviceReport> rows) {}

    /** Drives every row; {@code driven} sees each as it comes, before its disk is looked at. */
    Outcome run(Consumer<DeviceReport> driven) {
        List<DeviceReport> rows = new ArrayList<>();
        Start start = drive(rows, driven);
        return new Outcome(start, disks.complete(rows));
    }

    /** What the caller's own arguments put there. */
    private Map<String, String> others(QtestMachine machine) {
        Set<String> planned = plan.functions();
        Map<String, String> others = new LinkedHashMap<>();
        for (PciAddress address : machine.functions()) {
            String name = plan.function(address);
            if (!planned.contains(name)) {
                look(name).ifPresent(seen -> others.put("also there, " + name, seen));
            }
        }
        return others;
    }

    /** Identity and layout; nothing of what is not virtio. */
    private static Optional<String> look(String name) {
        try (PciFunction function = Functions.openToLook(name)) {
            LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
            String layout = choice.layout().map(VirtioLayout::label).orElse(DriveOrder.REFUSED);
            return choice.identity().type().map(type -> choice.identity() + ", " + layout);
        }
    }

    private Start drive(List<DeviceReport> rows, Consumer<DeviceReport> driven) {
        long begin = System.nanoTime();
        // Attached all the time, so that the bus is enumerated once and not for each row.
        try (QemuWithoutGuest qemu = QemuWithoutGuest.start(directory, qemuArguments);
                QtestMachine machine = QtestMachine.attach(qemu.socket(), qemu.memory())) {
            machine.settle();
            Duration ready = Duration.ofNanos(System.nanoTime() - begin);
            Start start = new Start(machine.functions().size(), others(machine), ready);
            for (DriveOrder order : plan.orders()) {
                DeviceReport row = driving.apply(order);
                driven.accept(row);
                rows.add(row);
            }
            return start;
        }
    }
}
