package org.jvirtio.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jvirtio.guest.GuestJob;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.QemuGuest;

/**
 * Boots one guest with every device of a plan, has it drive each, and holds what it reports against
 * what the host knows of the disks.
 */
final class GuestTour {

    private final RunPlan plan;
    private final Map<String, ProofDisk> disks = new HashMap<>();

    /** Makes the disks in {@code directory}. */
    GuestTour(RunPlan plan, Path directory) {
        this.plan = plan;
        Path original = ProofDisk.makeOriginal(directory, plan.placeholders());
        for (RunStation station : plan.stations()) {
            if (station.isBlock()) {
                Path image = directory.resolve(station.flavour().label() + ".ext4");
                disks.put(station.function(), ProofDisk.copyOf(original, image));
            }
        }
    }

    /** The devices in QEMU's words. */
    List<String> qemuArguments() {
        List<String> arguments = new ArrayList<>();
        for (RunStation station : plan.stations()) {
            ProofDisk disk = disks.get(station.function());
            String image = disk == null ? "" : disk.image().toString();
            arguments.addAll(station.qemuArguments(image));
        }
        return arguments;
    }

    GuestJob job() {
        return new GuestJob(GuestDrive.class.getName(), List.of(plan.token()));
    }

    /** The rows as the guest and the host together see them, and how the boot went. */
    record Outcome(GuestResult boot, List<DeviceReport> rows) {}

    Outcome run(QemuGuest guest, Console console) {
        List<DeviceReport> rows = new ArrayList<>();
        LineStream lines =
                new LineStream(
                        line -> {
                            Optional<DeviceReport> row = parse(line);
                            if (row.isEmpty()) {
                                console.progress("the guest says: " + line);
                                return;
                            }
                            console.progress("driven: " + row.get().summary());
                            rows.add(row.get());
                        });
        PrintStream out = new PrintStream(lines, true, StandardCharsets.UTF_8);
        GuestResult boot = guest.run(job(), out, console.err());
        return new Outcome(boot, complete(rows));
    }

    /** Empty if this is no row; an order whose row is lost so is a failed one in the end. */
    private static Optional<DeviceReport> parse(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    JSON.std
                            .without(JSON.Feature.FAIL_ON_UNKNOWN_BEAN_PROPERTY)
                            .beanFrom(DeviceReport.class, line));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Adds what only the host can check, and a failed row for every order without an answer. */
    private List<DeviceReport> complete(List<DeviceReport> rows) {
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
