package org.jvirtio.pci;

import java.util.Optional;

/**
 * Examines the layout of virtio 0.9 (virtio 1.4 sections 4.1.2.3 and 4.1.4.10). BAR1 is never
 * looked at: its length is no evidence, since MSI-X has always been there.
 */
final class LegacyCandidate {

    /** The header without the two vectors, which exist only while MSI-X is enabled. */
    private static final int LEAST_LENGTH = 20;

    private static final String IDENTITY = "virtio 1.4 section 4.1.2.3";
    private static final String REGISTERS = "virtio 1.4 section 4.1.4.10";

    private final FunctionFacts facts;
    private final Checks checks;

    LegacyCandidate(FunctionFacts facts, Checks checks) {
        this.facts = facts;
        this.checks = checks;
    }

    Candidate examine() {
        if (!facts.isVirtio(checks) || !isTransitional()) {
            return absent();
        }
        if (!facts.namesOneType(checks)) {
            return broken();
        }
        checks.conclude(Words.of("a transitional device"));
        checks.on(Words.of("register-set capability"));
        if (!isPermitted()) {
            return absent();
        }
        boolean described = facts.capabilities().first(RegisterSetCapability.class).isPresent();
        checks.conclude(
                Words.of(described ? "it permits legacy" : "none found, so it cannot deny legacy"));
        return bar0();
    }

    private boolean isTransitional() {
        return checks.require(
                        facts.identity().kind() == DeviceIdentity.Kind.TRANSITIONAL,
                        "the device id is 0x1000 to 0x103f",
                        IDENTITY,
                        Words.of("device id ", new HexNumber(facts.identity().device(), 4)))
                && checks.require(
                        facts.identity().revision() == 0,
                        "the revision is 0",
                        IDENTITY,
                        Words.of("revision ", facts.identity().revision()));
    }

    /** Decision 9 of {@link RegisterSetRules}: where the capability is there, it decides. */
    private boolean isPermitted() {
        Optional<RegisterSetCapability> capability =
                facts.capabilities().first(RegisterSetCapability.class);
        if (capability.isEmpty()) {
            if (!facts.capabilities().complete()) {
                checks.note(
                        "the capability list can be read to its end",
                        RegisterSetRules.OURS,
                        Words.of(FunctionFacts.UNREADABLE));
            }
            return true;
        }
        RegisterSetCapability.Location location =
                capability.get().location(RegisterSetDword.LEGACY);
        return checks.require(
                location.present() && location.bar() == 0 && location.offset() == 0,
                "its legacy dword says BAR0, offset 0",
                RegisterSetRules.OURS,
                Words.of("legacy dword ", location));
    }

    private Candidate bar0() {
        checks.on(Words.of("BAR 0"));
        Optional<Bar> bar = facts.bar(0);
        if (!checks.require(
                bar.isPresent() && bar.get().space() == Bar.Space.IO,
                "BAR 0 is in I/O space",
                REGISTERS,
                bar.isPresent() ? Words.of(bar.get()) : facts.missingBar(0))) {
            return absent();
        }
        if (!holdsHeader(bar.get())) {
            return broken();
        }
        long length = bar.get().lengthKnown() ? bar.get().length() : LEAST_LENGTH;
        Window window = new Window(bar.get(), 0, length);
        checks.conclude(Words.of("used: ", window));
        return Candidate.usable(
                LayoutKind.LEGACY, new VirtioLayout.Legacy(window), checks.evidence());
    }

    private boolean holdsHeader(Bar bar) {
        String sentence = "it has at least " + LEAST_LENGTH + " bytes";
        return bar.lengthKnown()
                ? checks.require(bar.length() >= LEAST_LENGTH, sentence, REGISTERS, Words.of(bar))
                : checks.unchecked(sentence, REGISTERS, Words.of(WindowRules.NO_SIZES));
    }

    private Candidate absent() {
        checks.conclude(Words.of("no legacy layout"));
        return Candidate.absent(LayoutKind.LEGACY, checks.failure(), checks.evidence());
    }

    private Candidate broken() {
        checks.conclude(Words.of("not usable"));
        return Candidate.broken(LayoutKind.LEGACY, checks.failure(), checks.evidence());
    }
}
