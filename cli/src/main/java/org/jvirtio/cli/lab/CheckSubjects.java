package org.jvirtio.cli.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.DeviceType;
import org.jvirtio.cli.Functions;
import org.jvirtio.cli.UsageException;
import org.jvirtio.lab.Subject;
import org.jvirtio.lab.trace.ModelSubjects;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.Verdict;

/** Turns names of functions into what is checked: each function in each layout that it shows. */
final class CheckSubjects {

    /** Every layout; {@code pci-cfg} shows the same registers as {@code virtio1}. */
    private static final List<Policy.Order> LAYOUTS =
            List.of(Policy.Order.VIRTIO1, Policy.Order.REGISTER_SET, Policy.Order.LEGACY);

    /** So that the rows of optional ring features are tried on the models, too. */
    private static final String EVERYTHING = ",offer=all";

    private final List<Policy.Order> layouts;

    /**
     * Prepares to look.
     *
     * @param layouts names of those that are meant; empty for all
     */
    CheckSubjects(List<String> layouts) {
        this.layouts =
                layouts.isEmpty() ? LAYOUTS : layouts.stream().map(CheckSubjects::layout).toList();
    }

    private static Policy.Order layout(String name) {
        return LAYOUTS.stream()
                .filter(order -> order.label().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "choosing a layout: '"
                                                + name
                                                + "' is none of virtio1, register-set, legacy"));
    }

    /** Those of {@code shown} that are meant. */
    List<Policy.Order> meant(List<Policy.Order> shown) {
        return layouts.stream().filter(shown::contains).toList();
    }

    /** The embedded models that give the rows of one side their occasions. */
    List<Subject> ofModels(CheckSide side) {
        return side == CheckSide.DEVICE ? ofModels() : driven();
    }

    private List<Subject> driven() {
        return ModelSubjects.all().stream()
                .filter(
                        subject ->
                                layouts.contains(
                                        subject.order() == Policy.Order.PCI_CFG
                                                ? Policy.Order.VIRTIO1
                                                : subject.order()))
                .toList();
    }

    /** Every model in every layout, a console of many ports, and a read-only disk. */
    private List<Subject> ofModels() {
        List<Subject> subjects = new ArrayList<>();
        for (String text : EmulatedDevices.all()) {
            String name = "emulated:" + text + EVERYTHING;
            subjects.addAll(of(name, label(text), "./jvirtio check"));
        }
        String ports = "emulated:console,ports=4" + EVERYTHING;
        subjects.addAll(of(ports, "console-ports", "./jvirtio check"));
        subjects.addAll(of("emulated:block,readonly=on", "block-readonly", "./jvirtio check"));
        return subjects;
    }

    /** Every model in every layout, where {@code place} puts it. */
    List<Subject> ofModels(ModelPlace place, String command) {
        List<Subject> subjects = new ArrayList<>();
        for (String text : EmulatedDevices.all()) {
            String device = text + EVERYTHING;
            for (Policy.Order order : meant(shown("emulated:" + device))) {
                subjects.add(new Subject(label(text), order, () -> place.open(device), command));
            }
        }
        return subjects;
    }

    /** {@code block} in its plain layouts, else {@code block-mail-fast-isr}. */
    private static String label(String text) {
        String device = text.substring(0, text.indexOf(','));
        String layout = text.substring(text.indexOf('=') + 1);
        boolean plain = LAYOUTS.stream().anyMatch(order -> order.label().equals(layout));
        return plain ? device : device + "-" + layout;
    }

    /**
     * Functions that somebody named.
     *
     * @param command what people type to check them again
     */
    List<Subject> of(List<NamedFunction> functions, String command) {
        List<Subject> subjects = new ArrayList<>();
        Map<String, Integer> used = new HashMap<>();
        for (NamedFunction function : functions) {
            String type = type(function.name());
            int number = used.merge(type, 1, Integer::sum);
            String label = number == 1 ? type : type + "-" + number;
            List<Subject> shown = of(function.name(), label, command);
            requireSome(shown, function.name());
            subjects.addAll(shown);
        }
        return subjects;
    }

    /** A device that was named and is not looked at must not look like one without failures. */
    private void requireSome(List<Subject> shown, String name) {
        if (shown.isEmpty()) {
            throw new UsageException(
                    "checking "
                            + name
                            + ": it shows none of "
                            + String.join(", ", layouts.stream().map(Policy.Order::label).toList())
                            + ". './jvirtio explain' tells what it shows; choose that by --layout,"
                            + " or name another device.");
        }
    }

    private static String type(String name) {
        try (PciFunction function = Functions.openToLook(name)) {
            return DeviceIdentity.of(function.config())
                    .type()
                    .map(DeviceType::label)
                    .orElse("device");
        }
    }

    private List<Subject> of(String name, String label, String command) {
        return meant(shown(name)).stream()
                .map(order -> new Subject(label, order, () -> Functions.openToDrive(name), command))
                .toList();
    }

    /** The layouts that a function shows; one that cannot be used fails every row of the device. */
    private static List<Policy.Order> shown(String name) {
        try (PciFunction function = Functions.openToLook(name)) {
            return LAYOUTS.stream().filter(order -> shows(function, order)).toList();
        }
    }

    private static boolean shows(PciFunction function, Policy.Order order) {
        Verdict verdict = LayoutChoice.of(function, Policy.of(order)).candidates().get(0).verdict();
        return verdict == Verdict.CHOSEN || verdict == Verdict.BROKEN;
    }
}
