package org.jvirtio.cli.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.faults.Faults;

/**
 * The faults of {@code faults}: models here have every one, devices elsewhere those that overlays
 * make.
 *
 * @param every of the models'; else those that a first release has to survive
 */
record FaultsCases(boolean every) implements ReachCases {

    /** A fault that is a wait ends after ten seconds by itself. */
    @Override
    public Duration limit() {
        return Duration.ofSeconds(40);
    }

    @Override
    public List<LabCase> onModels() {
        return every ? Faults.all() : Faults.first();
    }

    /**
     * Those of QEMU's devices, but for one whose overlay needs the order of QEMU's capabilities.
     */
    @Override
    public List<LabCase> onServed(ModelPlace place) {
        return Faults.real(place.reach().label(), place, "./jvirtio faults " + place.option())
                .stream()
                .filter(some -> !some.id().startsWith(Faults.PREFIX + "C1/"))
                .toList();
    }

    @Override
    public List<LabCase> onFunctions(List<NamedFunction> functions, String typed) {
        return functions.stream()
                .map(some -> LookedAt.of(some).faulty(some, "./jvirtio faults " + typed))
                .flatMap(device -> Faults.found(device).stream())
                .toList();
    }

    @Override
    public List<LabCase> onQemu(QemuPlace place) {
        return QemuFaults.at(place);
    }

    @Override
    public List<String> qemuArguments(Path directory) {
        return QemuFaults.qemuArguments(directory);
    }

    @Override
    public GuestCaseList guestList() {
        return new QemuFaults();
    }

    @Override
    public List<String> guestArguments() {
        return List.of();
    }
}
