package org.jvirtio.pci;

import java.util.stream.Collectors;

/**
 * The words for a choice without a layout: what was found for each candidate, and what to change.
 */
final class Refusal {

    private final LayoutChoice choice;

    Refusal(LayoutChoice choice) {
        this.choice = choice;
    }

    String message() {
        String found =
                choice.candidates().stream()
                        .map(c -> c.kind().label() + ": " + c.verdict().label() + ", " + c.reason())
                        .collect(Collectors.joining("; "));
        return String.format(
                "choosing the layout of %s (%s) by policy %s: no layout can be used. %s. %s",
                choice.function(), choice.identity(), choice.policy(), found, advice());
    }

    private String advice() {
        if (choice.identity().kind() == DeviceIdentity.Kind.NOT_VIRTIO) {
            return "Name a virtio function.";
        }
        if (choice.candidates().stream()
                .anyMatch(c -> c.reason().toString().contains(FunctionFacts.UNREADABLE))) {
            return "Read the configuration space as root, or save the dump as root.";
        }
        if (has(Verdict.BROKEN)) {
            return "Fix the device model, or bear with it by policy "
                    + choice.policy().milder()
                    + ".";
        }
        return policyAdvice();
    }

    private boolean has(Verdict verdict) {
        return choice.candidates().stream().anyMatch(c -> c.verdict() == verdict);
    }

    private boolean isUsable(LayoutKind kind) {
        return choice.candidates().stream()
                .anyMatch(c -> c.kind() == kind && c.usable().isPresent());
    }

    private String policyAdvice() {
        return switch (choice.policy().order()) {
            case LEGACY ->
                    isUsable(LayoutKind.VIRTIO1)
                            ? "Start QEMU with disable-legacy=off for this device, or choose policy auto."
                            : otherPolicy();
            case VIRTIO1, PCI_CFG ->
                    isUsable(LayoutKind.LEGACY)
                            ? "Start QEMU with disable-modern=off for this device, or choose policy auto."
                            : otherPolicy();
            case REGISTER_SET ->
                    "QEMU has no device of this layout: use the reach emulated with"
                            + " layout=register-set, or choose policy auto.";
            case AUTO, LEGACY_FIRST ->
                    "Give the device a layout: QEMU's disable-modern=off or disable-legacy=off.";
        };
    }

    private String otherPolicy() {
        return choice.candidates().stream().anyMatch(c -> c.usable().isPresent())
                ? "Choose policy auto."
                : "Fix the device model: it describes no layout at all.";
    }
}
