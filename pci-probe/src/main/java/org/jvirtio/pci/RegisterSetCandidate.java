package org.jvirtio.pci;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Examines the register sets of the mail of 2011 by {@link RegisterSetRules}. A set that its dword
 * describes wrongly is absent, so this layout is usable or absent, and never broken by a dword.
 */
final class RegisterSetCandidate {

    private static final LayoutKind KIND = LayoutKind.REGISTER_SET;

    private final FunctionFacts facts;
    private final List<Evidence> evidence = new ArrayList<>();

    RegisterSetCandidate(FunctionFacts facts) {
        this.facts = facts;
    }

    Candidate examine() {
        Checks ids = new Checks(facts.ids());
        if (!facts.isVirtio(ids)) {
            return Candidate.absent(KIND, ids.failure(), List.of(ids.conclude("not virtio")));
        }
        if (!facts.namesOneType(ids)) {
            return Candidate.broken(KIND, ids.failure(), List.of(ids.conclude("contradictory")));
        }
        evidence.add(ids.conclude("go on"));
        Optional<RegisterSetCapability> capability =
                facts.capabilities().first(RegisterSetCapability.class);
        return capability.map(this::sets).orElseGet(this::withoutCapability);
    }

    private Candidate withoutCapability() {
        return facts.capabilities().complete()
                ? Candidate.absent(KIND, "no register-set capability that counts", evidence)
                : Candidate.broken(KIND, FunctionFacts.UNREADABLE, evidence);
    }

    private Candidate sets(RegisterSetCapability capability) {
        RegisterSetWindows windows = new RegisterSetWindows(facts, capability);
        evidence.addAll(windows.evidence());
        if (windows.queues().isEmpty()) {
            return absent(RegisterSetDword.VIRTIO_PCI, windows);
        }
        if (windows.config().isEmpty() && facts.needsDeviceConfig()) {
            return absent(RegisterSetDword.VIRTIO_CONFIG, windows);
        }
        VirtioLayout.RegisterSets layout =
                new VirtioLayout.RegisterSets(
                        windows.queues().get(), windows.config(), windows.isr());
        evidence.add(overlaps(layout));
        return Candidate.usable(KIND, layout, evidence);
    }

    private Candidate absent(RegisterSetDword set, RegisterSetWindows windows) {
        return Candidate.absent(
                KIND, "no usable " + set.label() + " set: " + windows.failure(set), evidence);
    }

    /** The ISR is left out: it may be an alias of the byte inside virtio-pci. */
    private Evidence overlaps(VirtioLayout.RegisterSets layout) {
        Overlaps overlaps = new Overlaps();
        overlaps.add(RegisterSetDword.VIRTIO_PCI.label(), layout.queues());
        layout.config()
                .ifPresent(window -> overlaps.add(RegisterSetDword.VIRTIO_CONFIG.label(), window));
        facts.capabilities().first(MsixCapability.class).ifPresent(overlaps::add);
        return overlaps.evidence();
    }
}
