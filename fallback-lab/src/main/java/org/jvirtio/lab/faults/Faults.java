package org.jvirtio.lab.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;
import org.jvirtio.lab.Station;

/** All faults as cases. */
public final class Faults {

    /** What every id starts with. */
    public static final String PREFIX = "faults/";

    static final String MODELS = "faults.txt";

    /** The same faults, by the ids of the other table. */
    static final String REAL = "real-faults.txt";

    /** A circle in the list loses whatever comes behind it, which in QEMU's list is not needed. */
    private static final String OF_QEMU = "C1";

    private static final String MODELS_COMMAND = "./jvirtio faults";

    private Faults() {}

    /** The faults that a first release has to survive, each in every layout it applies to. */
    public static List<LabCase> first() {
        return cases(FaultTable.rows(MODELS).stream().filter(FaultRow::first).toList());
    }

    /** Every fault; those that cannot be injected here say why. */
    public static List<LabCase> all() {
        return cases(FaultTable.rows(MODELS));
    }

    /**
     * Faults of devices that nobody here made, seen through overlays. The devices are called as
     * those of models are: {@code block,layout=virtio1}.
     *
     * @param reach in their ids
     * @param command what people type before an id to try it again
     */
    public static List<LabCase> real(String reach, Station station, String command) {
        List<LabCase> cases = new ArrayList<>();
        for (FaultRow row : FaultTable.rows(REAL)) {
            for (Injection injection : row.injections()) {
                Supplier<Bench> bench = () -> new RealBench(station, injection.device());
                cases.add(new FaultCase(row, injection.at(reach), bench, command));
            }
        }
        return List.copyOf(cases);
    }

    /** The same faults on a function that somebody named; those that do not fit it say why. */
    public static List<LabCase> found(FoundDevice device) {
        AtomicReference<String> quarantine = new AtomicReference<>();
        List<LabCase> cases = new ArrayList<>();
        for (FaultRow row : FaultTable.rows(REAL)) {
            for (Injection injection : row.injections()) {
                cases.add(found(device, row, injection, quarantine));
            }
        }
        return List.copyOf(cases);
    }

    private static LabCase found(
            FoundDevice device,
            FaultRow row,
            Injection injection,
            AtomicReference<String> quarantine) {
        Optional<String> obstacle =
                row.id().equals(OF_QEMU)
                        ? Optional.of("what comes of it depends on the order of the capabilities")
                        : device.obstacle(injection);
        if (obstacle.isPresent()) {
            String id = PREFIX + row.id() + "/" + injection.at(device.reach()).name();
            return new SkippedFault(row, id, obstacle.get(), device.command());
        }
        String policy = device.usualPolicy(injection);
        return new FaultCase(
                row,
                device.here(injection),
                () -> new FoundBench(device, policy, quarantine),
                device.command());
    }

    private static List<LabCase> cases(List<FaultRow> rows) {
        List<LabCase> cases = new ArrayList<>();
        for (FaultRow row : rows) {
            if (!row.skipped().isEmpty()) {
                String id = PREFIX + row.id() + (row.injections().isEmpty() ? "" : "/elsewhere");
                cases.add(new SkippedFault(row, id, row.skipped(), MODELS_COMMAND));
            }
            for (Injection injection : row.injections()) {
                Supplier<Bench> bench = () -> new EmulatedBench(injection.device());
                cases.add(new FaultCase(row, injection, bench, MODELS_COMMAND));
            }
        }
        return List.copyOf(cases);
    }

    /** A fault, or a part of one, that cannot be injected here. */
    private record SkippedFault(FaultRow row, String id, String why, String command)
            implements LabCase {

        @Override
        public String title() {
            return row.sentence();
        }

        @Override
        public String clause() {
            return row.source();
        }

        @Override
        public String reproduce() {
            return command + " " + id;
        }

        @Override
        public CaseResult run() {
            return new CaseResult(id, Outcome.SKIP, "to be survived", why, reproduce(), List.of());
        }
    }
}
