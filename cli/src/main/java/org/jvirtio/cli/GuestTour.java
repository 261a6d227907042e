package org.jvirtio.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    private final RunDisks disks;
    private final boolean records;

    /**
     * Makes the disks in {@code directory}.
     *
     * @param records whether the guest is to record what a page needs for its pictures
     */
    GuestTour(RunPlan plan, Path directory, boolean records) {
        this.plan = plan;
        this.records = records;
        this.disks = new RunDisks(plan, directory);
    }

    /** The devices in QEMU's words. */
    List<String> qemuArguments() {
        return disks.qemuArguments();
    }

    GuestJob job() {
        List<String> words = new ArrayList<>(plan.words());
        if (records) {
            words.add(GuestDrive.RECORD);
        }
        return new GuestJob(GuestDrive.class.getName(), words);
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
        return new Outcome(boot, disks.complete(rows));
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
}
