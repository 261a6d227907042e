package org.jvirtio.cli.lab;

import java.util.List;
import java.util.stream.Collectors;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.UsageException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the devices are, of every command that runs cases. A mixin. */
public final class ReachOptions {

    @Option(
            names = "--reach",
            paramLabel = "REACH",
            description =
                    "emulated: models in this process (default); guest: QEMU's devices over VFIO;"
                            + " qtest: QEMU's over its qtest socket, without a guest; vfio-user: models behind"
                            + " sockets")
    private String reach;

    @Mixin private GuestOptions machine;

    /** As if it had been typed; {@code option} is what has been. */
    void choose(String label, String option) {
        if (reach != null && !reach.equals(label)) {
            throw new UsageException(
                    String.format(
                            "choosing a reach: %s is --reach %s, and --reach %s is there as well."
                                    + " Leave one of them away.",
                            option, label, reach));
        }
        reach = label;
    }

    boolean isDefault() {
        return chosen() == LabReach.ALL.get(0);
    }

    String label() {
        return reach == null ? LabReach.ALL.get(0).label() : reach;
    }

    GuestOptions machine() {
        return machine;
    }

    /** Where the functions are that somebody named, or else where a reach has its devices. */
    Reached reach(ReachCases cases, Console console, LabOptions lab) {
        List<String> names = lab.functions();
        requireOneKind(names);
        LabReach there = names.isEmpty() ? chosen() : new NamedReach(names);
        return there.reach(cases, new LabReach.Order(console, lab, machine));
    }

    private void requireOneKind(List<String> names) {
        if (!names.isEmpty() && !isDefault()) {
            throw new UsageException(
                    "running cases at the reach "
                            + label()
                            + ": "
                            + names
                            + " are functions that are there already. Leave --reach away, or say which"
                            + " devices it makes with --device where a command has that.");
        }
    }

    private LabReach chosen() {
        return LabReach.ALL.stream()
                .filter(some -> some.label().equals(label()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "choosing a reach: there is no '"
                                                + label()
                                                + "'. Use "
                                                + LabReach.ALL.stream()
                                                        .map(LabReach::label)
                                                        .collect(Collectors.joining(", "))
                                                + "."));
    }
}
