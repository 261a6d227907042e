package org.jvirtio.pci;

import static org.jvirtio.pci.RegisterSetDword.LEGACY;
import static org.jvirtio.pci.RegisterSetDword.MSIX_PBA;
import static org.jvirtio.pci.RegisterSetDword.MSIX_TABLE;
import static org.jvirtio.pci.RegisterSetDword.VIRTIO_CONFIG;
import static org.jvirtio.pci.RegisterSetDword.VIRTIO_ISR;
import static org.jvirtio.pci.RegisterSetDword.VIRTIO_PCI;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the dwords of one register-set capability into windows, by {@link RegisterSetRules}. */
final class RegisterSetWindows {

    private static final List<RegisterSetDword> SETS =
            List.of(LEGACY, VIRTIO_PCI, VIRTIO_CONFIG, VIRTIO_ISR);

    private final FunctionFacts facts;
    private final RegisterSetCapability capability;
    private final List<Evidence> evidence = new ArrayList<>();
    private final Map<RegisterSetDword, String> failures = new EnumMap<>(RegisterSetDword.class);
    private final Optional<Window> queues;
    private final Optional<Window> config;
    private final Optional<Window> isr;

    RegisterSetWindows(FunctionFacts facts, RegisterSetCapability capability) {
        this.facts = facts;
        this.capability = capability;
        this.queues = window(VIRTIO_PCI);
        this.config = window(VIRTIO_CONFIG);
        this.isr = window(VIRTIO_ISR);
        remarks();
    }

    Optional<Window> queues() {
        return queues;
    }

    Optional<Window> config() {
        return config;
    }

    Optional<Window> isr() {
        return isr;
    }

    /** Why a set is absent. */
    String failure(RegisterSetDword set) {
        return failures.get(set);
    }

    List<Evidence> evidence() {
        return evidence;
    }

    private Optional<Window> window(RegisterSetDword set) {
        RegisterSetCapability.Location location = capability.location(set);
        Checks checks = checks(set, location);
        if (!isThere(set, location, checks)) {
            failures.put(set, checks.failure());
            evidence.add(checks.conclude("absent"));
            return Optional.empty();
        }
        Bar bar = facts.bar(location.bar()).orElseThrow();
        Window window = new Window(bar, location.offset(), length(set, location, bar));
        evidence.add(checks.conclude("there: " + window));
        return Optional.of(window);
    }

    private Checks checks(RegisterSetDword set, RegisterSetCapability.Location location) {
        Checks checks =
                new Checks(
                        set.label()
                                + " dword of the capability at 0x"
                                + Hex.digits2(capability.configOffset())
                                + ": "
                                + location);
        checks.expect(
                !location.present() || location.reserved() == 0,
                "bits 30 to 27 are 0",
                RegisterSetRules.OURS,
                () -> "they are " + location.reserved());
        return checks;
    }

    private boolean isThere(
            RegisterSetDword set, RegisterSetCapability.Location location, Checks checks) {
        return checks.require(
                        location.present(),
                        "bit 31, present, is set",
                        RegisterSetRules.MAIL,
                        location.present() ? "present bit set" : "present bit clear")
                && checks.require(
                        location.bar() <= 5,
                        "bits 26 to 24 name BAR 0 to 5",
                        RegisterSetRules.OURS,
                        "BAR " + location.bar())
                && WindowRules.implemented(checks, facts, location.bar())
                && WindowRules.aligned(
                        checks, location.offset(), alignment(set), RegisterSetRules.OURS)
                && WindowRules.inside(
                        checks,
                        facts.bar(location.bar()).orElseThrow(),
                        location.offset(),
                        least(set))
                && isApart(set, location, checks);
    }

    private static int alignment(RegisterSetDword set) {
        return set == VIRTIO_ISR ? 1 : RegisterSetRules.ALIGNMENT;
    }

    private static long least(RegisterSetDword set) {
        return set == VIRTIO_PCI ? RegisterSetRules.VIRTIO_PCI_USED : 1;
    }

    /** A configuration inside the registers would be two meanings for one byte. */
    private boolean isApart(
            RegisterSetDword set, RegisterSetCapability.Location location, Checks checks) {
        if (set != VIRTIO_CONFIG || failures.containsKey(VIRTIO_PCI)) {
            return true;
        }
        RegisterSetCapability.Location registers = capability.location(VIRTIO_PCI);
        long distance = location.offset() - registers.offset();
        boolean elsewhere = location.bar() != registers.bar();
        return checks.require(
                elsewhere || distance < 0 || distance >= RegisterSetRules.VIRTIO_PCI_USED,
                "it does not start inside the registers of virtio-pci",
                RegisterSetRules.OURS,
                elsewhere
                        ? "in another BAR"
                        : Hex.of(Math.abs(distance))
                                + (distance < 0 ? " bytes before" : " bytes after")
                                + " the start of virtio-pci");
    }

    private long length(RegisterSetDword set, RegisterSetCapability.Location location, Bar bar) {
        if (set == VIRTIO_ISR) {
            return 1;
        }
        long end = bar.lengthKnown() ? bar.length() : Long.MAX_VALUE;
        long rest = Math.min(end, nextItem(location)) - location.offset();
        if (set == VIRTIO_PCI || !bar.lengthKnown()) {
            rest = Math.min(rest, RegisterSetRules.VIRTIO_PCI_LONGEST);
        }
        return Math.max(rest, least(set));
    }

    /** Where the next thing that anybody describes in the same BAR starts. */
    private long nextItem(RegisterSetCapability.Location after) {
        long next = Long.MAX_VALUE;
        for (RegisterSetDword set : SETS) {
            RegisterSetCapability.Location item = capability.location(set);
            if (item.present()) {
                next = nearer(next, after, item.bar(), item.offset());
            }
        }
        Optional<MsixCapability> msix = facts.capabilities().first(MsixCapability.class);
        if (msix.isPresent()) {
            next = nearer(next, after, msix.get().tableBar(), msix.get().tableOffset());
            next = nearer(next, after, msix.get().pendingBar(), msix.get().pendingOffset());
        }
        return next;
    }

    private static long nearer(
            long next, RegisterSetCapability.Location after, int bar, long offset) {
        return bar == after.bar() && offset > after.offset() ? Math.min(next, offset) : next;
    }

    private Evidence legacy() {
        RegisterSetCapability.Location location = capability.location(LEGACY);
        return checks(LEGACY, location).conclude("not a part of this layout, but legacy needs it");
    }

    /** The dwords for MSI-X only repeat what the MSI-X capability says. */
    private Evidence msix(RegisterSetDword set, int bar, long offset) {
        RegisterSetCapability.Location location = capability.location(set);
        Checks checks = checks(set, location);
        checks.expect(
                location.bar() == bar && location.offset() == offset,
                "it agrees with the MSI-X capability",
                RegisterSetRules.OURS,
                () -> "the MSI-X capability says BAR" + bar + "+" + Hex.of(offset));
        return checks.conclude("not used: the MSI-X capability is");
    }

    private void remarks() {
        evidence.add(legacy());
        Optional<MsixCapability> msix = facts.capabilities().first(MsixCapability.class);
        if (msix.isEmpty()) {
            return;
        }
        if (capability.location(MSIX_TABLE).present()) {
            evidence.add(msix(MSIX_TABLE, msix.get().tableBar(), msix.get().tableOffset()));
        }
        if (capability.location(MSIX_PBA).present()) {
            evidence.add(msix(MSIX_PBA, msix.get().pendingBar(), msix.get().pendingOffset()));
        }
    }
}
