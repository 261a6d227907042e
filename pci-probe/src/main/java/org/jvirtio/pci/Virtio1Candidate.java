package org.jvirtio.pci;

import java.util.Optional;

/**
 * Examines the layout of virtio 1.x (section 4.1.4): absent without a common structure, broken if
 * it has one but lacks another that is needed.
 */
final class Virtio1Candidate {

    private final FunctionFacts facts;
    private final LayoutKind kind;
    private final Checks checks;

    Virtio1Candidate(FunctionFacts facts, LayoutKind kind, Checks checks) {
        this.facts = facts;
        this.kind = kind;
        this.checks = checks;
    }

    Candidate examine() {
        if (!facts.isVirtio(checks)) {
            checks.conclude(Words.of("not virtio"));
            return Candidate.absent(kind, checks.failure(), checks.evidence());
        }
        if (!facts.namesOneType(checks)) {
            checks.conclude(Words.of("contradictory"));
            return Candidate.broken(kind, checks.failure(), checks.evidence());
        }
        checks.conclude(Words.of("go on"));
        return structures();
    }

    private Candidate structures() {
        StructureSearch common = search(StructureNeeds.COMMON);
        StructureSearch doorbells = search(StructureNeeds.NOTIFY);
        StructureSearch isr = search(StructureNeeds.ISR);
        StructureSearch device = search(StructureNeeds.DEVICE);
        if (common.window().isEmpty() && common.failure().isEmpty()) {
            return withoutCommon();
        }
        Optional<Words> fault =
                fault(common, StructureType.COMMON)
                        .or(() -> fault(doorbells, StructureType.NOTIFY))
                        .or(() -> fault(isr, StructureType.ISR))
                        .or(() -> deviceFault(device));
        if (fault.isPresent()) {
            return Candidate.broken(kind, fault.get(), checks.evidence());
        }
        return finish(common, doorbells, isr, device);
    }

    private StructureSearch search(StructureNeeds needs) {
        return new StructureSearch(facts, needs, checks);
    }

    private Candidate withoutCommon() {
        if (!facts.capabilities().complete()) {
            return Candidate.broken(kind, Words.of(FunctionFacts.UNREADABLE), checks.evidence());
        }
        boolean others = facts.capabilities().first(VirtioCapability.class).isPresent();
        return Candidate.absent(
                kind,
                Words.of(
                        "no COMMON_CFG capability that counts",
                        others ? ", though others are there" : ""),
                checks.evidence());
    }

    private static Optional<Words> fault(StructureSearch search, StructureType type) {
        if (search.window().isPresent()) {
            return Optional.empty();
        }
        return search.failure()
                .or(
                        () ->
                                Optional.of(
                                        Words.of(
                                                "COMMON_CFG is there but ",
                                                type.label(),
                                                " is missing")));
    }

    private Optional<Words> deviceFault(StructureSearch device) {
        return facts.needsDeviceConfig() ? fault(device, StructureType.DEVICE) : Optional.empty();
    }

    private Candidate finish(
            StructureSearch common,
            StructureSearch doorbells,
            StructureSearch isr,
            StructureSearch device) {
        Optional<Integer> pciCfg = Optional.empty();
        if (kind == LayoutKind.VIRTIO1_THROUGH_PCI_CFG) {
            pciCfg = pciCfg();
            if (pciCfg.isEmpty()) {
                return Candidate.absent(
                        kind,
                        Words.of("no PCI_CFG capability to reach it through"),
                        checks.evidence());
            }
        }
        VirtioLayout.Virtio1 layout =
                new VirtioLayout.Virtio1(
                        common.window().orElseThrow(),
                        doorbells.window().orElseThrow(),
                        doorbells.found().orElseThrow().notifyOffMultiplier(),
                        isr.window().orElseThrow(),
                        device.window(),
                        pciCfg);
        examineOverlaps(layout);
        return Candidate.usable(kind, layout, checks.evidence());
    }

    /** Section 4.1.4.9. Its cap_len is not looked at: the window works all the same. */
    private Optional<Integer> pciCfg() {
        for (Capability capability : facts.capabilities().capabilities()) {
            if (capability instanceof VirtioCapability virtio
                    && virtio.type() == StructureType.PCI) {
                checks.on(Words.of(virtio.where(), ", bytes ", virtio.bytes()));
                checks.conclude(Words.of("used as the way to the registers"));
                return Optional.of(virtio.configOffset());
            }
        }
        return Optional.empty();
    }

    private void examineOverlaps(VirtioLayout.Virtio1 layout) {
        Overlaps overlaps = new Overlaps();
        overlaps.add("COMMON_CFG", layout.common());
        overlaps.add("NOTIFY_CFG", layout.doorbells());
        overlaps.add("ISR_CFG", layout.isr());
        layout.device().ifPresent(window -> overlaps.add("DEVICE_CFG", window));
        facts.capabilities().first(MsixCapability.class).ifPresent(overlaps::add);
        overlaps.examine(checks);
    }
}
