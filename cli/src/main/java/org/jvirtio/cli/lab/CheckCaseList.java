package org.jvirtio.cli.lab;

import java.util.List;
import java.util.stream.Stream;
import org.jvirtio.cli.Functions;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Subject;
import org.jvirtio.pci.Policy;

/**
 * The cases that a guest checks: every row of both sides on each {@code label@function@layout} of
 * its arguments.
 */
public final class CheckCaseList implements GuestCaseList {

    private final String command;

    /** As the guest makes it; what people type there is the host's to say. */
    public CheckCaseList() {
        this("./jvirtio check --guest");
    }

    /**
     * As the host makes it.
     *
     * @param command what people type to check these devices again
     */
    CheckCaseList(String command) {
        this.command = command;
    }

    @Override
    public List<? extends LabCase> cases(List<String> arguments) {
        return cases(CheckSide.named(""), arguments);
    }

    /** Those of {@code sides} alone, which the guest finds among all of them. */
    List<LabCase> cases(List<CheckSide> sides, List<String> arguments) {
        List<Subject> subjects = arguments.stream().flatMap(this::subjects).toList();
        return sides.stream().flatMap(side -> side.cases(subjects).stream()).toList();
    }

    private Stream<Subject> subjects(String argument) {
        String[] parts = argument.split("@", 3);
        return Stream.of(parts[2].split("\\+", -1))
                .map(
                        layout ->
                                new Subject(
                                        parts[0],
                                        Policy.parse(layout).order(),
                                        () -> Functions.openToDrive(parts[1]),
                                        command));
    }

    /** One argument for a device in some layouts. */
    static String argument(CheckedDevice device, List<Policy.Order> layouts) {
        return String.join(
                "@",
                device.label(),
                device.function(),
                String.join("+", layouts.stream().map(Policy.Order::label).toList()));
    }
}
