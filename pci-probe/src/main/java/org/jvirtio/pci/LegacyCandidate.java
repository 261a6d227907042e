package org.jvirtio.pci;

import java.util.ArrayList;
import java.util.List;
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
    private final List<Evidence> evidence = new ArrayList<>();

    LegacyCandidate(FunctionFacts facts) {
        this.facts = facts;
    }

    Candidate examine() {
        Checks ids = new Checks(facts.ids());
        if (!facts.isVirtio(ids) || !isTransitional(ids)) {
            return absent(ids);
        }
        if (!facts.namesOneType(ids)) {
            return broken(ids);
        }
        evidence.add(ids.conclude("a transitional device"));
        Checks dword = new Checks("register-set capability");
        if (!isPermitted(dword)) {
            return absent(dword);
        }
        boolean described = facts.capabilities().first(RegisterSetCapability.class).isPresent();
        evidence.add(
                dword.conclude(
                        described ? "it permits legacy" : "none found, so it cannot deny legacy"));
        return bar0();
    }

    private boolean isTransitional(Checks checks) {
        return checks.require(
                        facts.identity().kind() == DeviceIdentity.Kind.TRANSITIONAL,
                        "the device id is 0x1000 to 0x103f",
                        IDENTITY,
                        "device id 0x" + Hex.digits4(facts.identity().device()))
                && checks.require(
                        facts.identity().revision() == 0,
                        "the revision is 0",
                        IDENTITY,
                        "revision " + facts.identity().revision());
    }

    /** Decision 9 of {@link RegisterSetRules}: where the capability is there, it decides. */
    private boolean isPermitted(Checks checks) {
        Optional<RegisterSetCapability> capability =
                facts.capabilities().first(RegisterSetCapability.class);
        if (capability.isEmpty()) {
            checks.expect(
                    facts.capabilities().complete(),
                    "the capability list can be read to its end",
                    RegisterSetRules.OURS,
                    () -> FunctionFacts.UNREADABLE);
            return true;
        }
        RegisterSetCapability.Location location =
                capability.get().location(RegisterSetDword.LEGACY);
        return checks.require(
                location.present() && location.bar() == 0 && location.offset() == 0,
                "its legacy dword says BAR0, offset 0",
                RegisterSetRules.OURS,
                "legacy dword " + location);
    }

    private Candidate bar0() {
        Checks checks = new Checks("BAR 0");
        Optional<Bar> bar = facts.bar(0);
        String seen = bar.map(WindowRules::describe).orElseGet(() -> facts.missingBar(0));
        if (!checks.require(
                bar.isPresent() && bar.get().space() == Bar.Space.IO,
                "BAR 0 is in I/O space",
                REGISTERS,
                seen)) {
            return absent(checks);
        }
        if (!holdsHeader(bar.get(), checks)) {
            return broken(checks);
        }
        long length = bar.get().lengthKnown() ? bar.get().length() : LEAST_LENGTH;
        Window window = new Window(bar.get(), 0, length);
        evidence.add(checks.conclude("used: " + window));
        return Candidate.usable(LayoutKind.LEGACY, new VirtioLayout.Legacy(window), evidence);
    }

    private static boolean holdsHeader(Bar bar, Checks checks) {
        String sentence = "it has at least " + LEAST_LENGTH + " bytes";
        return bar.lengthKnown()
                ? checks.require(
                        bar.length() >= LEAST_LENGTH,
                        sentence,
                        REGISTERS,
                        WindowRules.describe(bar))
                : checks.unchecked(sentence, REGISTERS, WindowRules.NO_SIZES);
    }

    private Candidate absent(Checks checks) {
        evidence.add(checks.conclude("no legacy layout"));
        return Candidate.absent(LayoutKind.LEGACY, checks.failure(), evidence);
    }

    private Candidate broken(Checks checks) {
        evidence.add(checks.conclude("not usable"));
        return Candidate.broken(LayoutKind.LEGACY, checks.failure(), evidence);
    }
}
