package org.jvirtio.cli.lab;

import java.util.List;
import java.util.stream.Stream;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Subject;
import org.jvirtio.pci.Policy;

/**
 * The cases that are checked on QEMU's devices: every row of both sides on each {@code
 * label@slot@layout} of the arguments.
 */
public final class QemuCheck implements GuestCaseList {

    private final String command;

    /** As the guest makes it; what people type there is the host's to say. */
    public QemuCheck() {
        this("./jvirtio check --reach guest");
    }

    /**
     * As the host makes it.
     *
     * @param command what people type to check these devices again
     */
    QemuCheck(String command) {
        this.command = command;
    }

    @Override
    public List<? extends LabCase> cases(List<String> arguments) {
        return cases(QemuPlace.GUEST, CheckSide.named(""), arguments);
    }

    /** Those of {@code sides} alone, which the guest finds among all of them. */
    List<LabCase> cases(QemuPlace place, List<CheckSide> sides, List<String> arguments) {
        List<Subject> subjects = arguments.stream().flatMap(some -> subjects(place, some)).toList();
        return sides.stream().flatMap(side -> side.cases(subjects).stream()).toList();
    }

    private Stream<Subject> subjects(QemuPlace place, String argument) {
        String[] parts = argument.split("@", 3);
        int slot = Integer.parseInt(parts[1]);
        return Stream.of(parts[2].split("\\+", -1))
                .map(
                        layout ->
                                new Subject(
                                        parts[0],
                                        Policy.parse(layout).order(),
                                        () -> place.open(slot),
                                        command));
    }

    /** One argument for a device in some layouts. */
    static String argument(CheckedDevice device, List<Policy.Order> layouts) {
        return String.join(
                "@",
                device.label(),
                Integer.toString(device.slot()),
                String.join("+", layouts.stream().map(Policy.Order::label).toList()));
    }
}
