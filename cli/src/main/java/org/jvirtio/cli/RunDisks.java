package org.jvirtio.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The disks behind the devices of a plan: what QEMU is given, and what is checked afterwards. */
final class RunDisks {

    private final RunPlan plan;
    private final Path directory;
    private final Map<String, ProofDisk> disks = new HashMap<>();

    /** Makes the disks in {@code directory}. */
    RunDisks(RunPlan plan, Path directory) {
        this.plan = plan;
        this.directory = directory;
        Path original = ProofDisk.makeOriginal(directory, plan.placeholders());
        for (RunStation station : plan.stations()) {
            if (station.isBlock()) {
                Path image = directory.resolve(station.flavour().label() + ".ext4");
                disks.put(plan.function(station), ProofDisk.copyOf(original, image));
            }
        }
    }

    /** The devices in QEMU's words. */
    List<String> qemuArguments() {
        List<String> arguments = new ArrayList<>();
        for (RunStation station : plan.stations()) {
            ProofDisk disk = disks.get(plan.function(station));
            Path behind = disk == null ? socket(station) : disk.image();
            arguments.addAll(station.qemuArguments(behind.toString()));
        }
        return arguments;
    }

    private Path socket(RunStation station) {
        return directory.resolve(station.flavour().label() + ".socket");
    }

    /** Adds what only the host can check, and a failed row for every order without an answer. */
    List<DeviceReport> complete(List<DeviceReport> rows) {
        List<DeviceReport> all = new ArrayList<>();
        List<DriveOrder> orders = plan.orders();
        Map<String, Integer> lastRows = new LinkedHashMap<>();
        for (int i = 0; i < orders.size(); i++) {
            DriveOrder order = orders.get(i);
            DeviceReport row =
                    rows.stream()
                            .filter(answer -> answer.answers(order))
                            .findFirst()
                            .orElseGet(() -> DeviceReport.missing(order));
            ProofDisk disk = disks.get(order.function());
            if (disk != null && !order.expected().isRefusal()) {
                row = row.with(disk.checkRead(row, order.placeholder()));
                lastRows.put(order.function(), i);
            }
            all.add(row);
        }
        lastRows.forEach((function, i) -> all.set(i, closing(disks.get(function), all.get(i))));
        return all;
    }

    /** What can be said of a disk once every row over it is through. */
    private static DeviceReport closing(ProofDisk disk, DeviceReport row) {
        DeviceReport closed = row.with(disk.checkImage());
        for (Check check : disk.checkFileSystem()) {
            closed = closed.with(check);
        }
        return closed;
    }
}
