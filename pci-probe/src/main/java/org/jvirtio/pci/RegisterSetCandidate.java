package org.jvirtio.pci;

import java.util.Optional;

/**
 * Examines the register sets of the mail of 2011 by {@link RegisterSetRules}. A set that its dword
 * describes wrongly is absent, so this layout is usable or absent, and never broken by a dword.
 */
final class RegisterSetCandidate {

    private static final LayoutKind KIND = LayoutKind.REGISTER_SET;

    private final FunctionFacts facts;
    private final Checks checks;

    RegisterSetCandidate(FunctionFacts facts, Checks checks) {
        this.facts = facts;
        this.checks = checks;
    }

    Candidate examine() {
        if (!facts.isVirtio(checks)) {
            checks.conclude(Words.of("not virtio"));
            return Candidate.absent(KIND, checks.failure(), checks.evidence());
        }
        if (!facts.namesOneType(checks)) {
            checks.conclude(Words.of("contradictory"));
            return Candidate.broken(KIND, checks.failure(), checks.evidence());
        }
        checks.conclude(Words.of("go on"));
        Optional<RegisterSetCapability> capability =
                facts.capabilities().first(RegisterSetCapability.class);
        return capability.isPresent() ? sets(capability.get()) : withoutCapability();
    }

    private Candidate withoutCapability() {
        return facts.capabilities().complete()
                ? Candidate.absent(
                        KIND, Words.of("no register-set capability that counts"), checks.evidence())
                : Candidate.broken(KIND, Words.of(FunctionFacts.UNREADABLE), checks.evidence());
    }

    private Candidate sets(RegisterSetCapability capability) {
        RegisterSetWindows windows = new RegisterSetWindows(facts, capability, checks);
        if (windows.queues().isEmpty()) {
            return absent(RegisterSetDword.VIRTIO_PCI, windows.queues());
        }
        if (windows.config().isEmpty() && facts.needsDeviceConfig()) {
            return absent(RegisterSetDword.VIRTIO_CONFIG, windows.config());
        }
        VirtioLayout.RegisterSets layout =
                new VirtioLayout.RegisterSets(
                        windows.queues().window().orElseThrow(),
                        windows.config().window(),
                        windows.isr().window());
        examineOverlaps(layout);
        return Candidate.usable(KIND, layout, checks.evidence());
    }

    private Candidate absent(RegisterSetDword set, RegisterSetWindow missing) {
        return Candidate.absent(
                KIND,
                Words.of("no usable ", set.label(), " set: ", missing.failure()),
                checks.evidence());
    }

    /** The ISR is left out: it may be an alias of the byte inside virtio-pci. */
    private void examineOverlaps(VirtioLayout.RegisterSets layout) {
        Overlaps overlaps = new Overlaps();
        overlaps.add(RegisterSetDword.VIRTIO_PCI.label(), layout.queues());
        layout.config()
                .ifPresent(window -> overlaps.add(RegisterSetDword.VIRTIO_CONFIG.label(), window));
        facts.capabilities().first(MsixCapability.class).ifPresent(overlaps::add);
        overlaps.examine(checks);
    }
}
