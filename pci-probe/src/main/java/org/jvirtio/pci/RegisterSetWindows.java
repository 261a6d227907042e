package org.jvirtio.pci;

import static org.jvirtio.pci.RegisterSetDword.LEGACY;
import static org.jvirtio.pci.RegisterSetDword.MSIX_PBA;
import static org.jvirtio.pci.RegisterSetDword.MSIX_TABLE;
import static org.jvirtio.pci.RegisterSetDword.VIRTIO_CONFIG;
import static org.jvirtio.pci.RegisterSetDword.VIRTIO_ISR;
import static org.jvirtio.pci.RegisterSetDword.VIRTIO_PCI;

import java.util.Optional;

/** Turns the dwords of one register-set capability into windows, by {@link RegisterSetRules}. */
final class RegisterSetWindows {

    private static final String ALIGNED =
            "its offset is a multiple of " + RegisterSetRules.ALIGNMENT;

    private final FunctionFacts facts;
    private final RegisterSetCapability capability;
    private final Checks checks;
    private final RegisterSetWindow queues;
    private final RegisterSetWindow config;
    private final RegisterSetWindow isr;

    RegisterSetWindows(FunctionFacts facts, RegisterSetCapability capability, Checks checks) {
        this.facts = facts;
        this.capability = capability;
        this.checks = checks;
        this.queues = window(VIRTIO_PCI);
        this.config = window(VIRTIO_CONFIG);
        this.isr = window(VIRTIO_ISR);
        remarks();
    }

    RegisterSetWindow queues() {
        return queues;
    }

    RegisterSetWindow config() {
        return config;
    }

    RegisterSetWindow isr() {
        return isr;
    }

    private RegisterSetWindow window(RegisterSetDword set) {
        RegisterSetCapability.Location location = turnTo(set);
        if (!isThere(set, location)) {
            checks.conclude(Words.of("absent"));
            return RegisterSetWindow.absent(checks.failure());
        }
        Bar bar = facts.bar(location.bar()).orElseThrow();
        long length = new RegisterSetLengths(facts, capability).of(set, location, bar);
        Window window = new Window(bar, location.offset(), length);
        checks.conclude(Words.of("there: ", window));
        return RegisterSetWindow.at(window);
    }

    private RegisterSetCapability.Location turnTo(RegisterSetDword set) {
        RegisterSetCapability.Location location = capability.location(set);
        checks.on(
                Words.of(
                        set.label(),
                        " dword of the capability at ",
                        new HexNumber(capability.configOffset(), 2),
                        ": ",
                        location));
        if (location.present() && location.reserved() != 0) {
            checks.note(
                    "bits 30 to 27 are 0",
                    RegisterSetRules.OURS,
                    Words.of("they are ", location.reserved()));
        }
        return location;
    }

    private boolean isThere(RegisterSetDword set, RegisterSetCapability.Location location) {
        return checks.require(
                        location.present(),
                        "bit 31, present, is set",
                        RegisterSetRules.MAIL,
                        Words.of(location.present() ? "present bit set" : "present bit clear"))
                && checks.require(
                        location.bar() <= 5,
                        "bits 26 to 24 name BAR 0 to 5",
                        RegisterSetRules.OURS,
                        Words.of("BAR ", location.bar()))
                && WindowRules.implemented(checks, facts, location.bar())
                && isAligned(set, location)
                && WindowRules.inside(
                        checks,
                        facts.bar(location.bar()).orElseThrow(),
                        location.offset(),
                        RegisterSetLengths.least(set))
                && (set != VIRTIO_CONFIG || queues.isEmpty() || isApart(location));
    }

    private boolean isAligned(RegisterSetDword set, RegisterSetCapability.Location location) {
        return set == VIRTIO_ISR
                || checks.require(
                        location.offset() % RegisterSetRules.ALIGNMENT == 0,
                        ALIGNED,
                        RegisterSetRules.OURS,
                        Words.of("offset ", HexNumber.of(location.offset())));
    }

    /** A configuration inside the registers would be two meanings for one byte. */
    private boolean isApart(RegisterSetCapability.Location config) {
        RegisterSetCapability.Location registers = capability.location(VIRTIO_PCI);
        long distance = config.offset() - registers.offset();
        boolean elsewhere = config.bar() != registers.bar();
        return checks.require(
                elsewhere || distance < 0 || distance >= RegisterSetRules.VIRTIO_PCI_USED,
                "it does not start inside the registers of virtio-pci",
                RegisterSetRules.OURS,
                elsewhere ? Words.of("in another BAR") : distanceInWords(distance));
    }

    private static Words distanceInWords(long distance) {
        return Words.of(
                HexNumber.of(Math.abs(distance)),
                distance < 0 ? " bytes before" : " bytes after",
                " the start of virtio-pci");
    }

    private void remarks() {
        turnTo(LEGACY);
        checks.conclude(Words.of("not a part of this layout, but legacy needs it"));
        Optional<MsixCapability> msix = facts.capabilities().first(MsixCapability.class);
        if (msix.isEmpty()) {
            return;
        }
        if (capability.location(MSIX_TABLE).present()) {
            msix(MSIX_TABLE, msix.get().tableBar(), msix.get().tableOffset());
        }
        if (capability.location(MSIX_PBA).present()) {
            msix(MSIX_PBA, msix.get().pendingBar(), msix.get().pendingOffset());
        }
    }

    /** The dwords for MSI-X only repeat what the MSI-X capability says. */
    private void msix(RegisterSetDword set, int bar, long offset) {
        RegisterSetCapability.Location location = turnTo(set);
        if (location.bar() != bar || location.offset() != offset) {
            checks.note(
                    "it agrees with the MSI-X capability",
                    RegisterSetRules.OURS,
                    Words.of("the MSI-X capability says BAR", bar, "+", HexNumber.of(offset)));
        }
        checks.conclude(Words.of("not used: the MSI-X capability is"));
    }
}
