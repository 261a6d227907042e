package org.jvirtio.pci;

import static org.jvirtio.pci.RegisterSetDword.LEGACY;
import static org.jvirtio.pci.RegisterSetDword.VIRTIO_CONFIG;
import static org.jvirtio.pci.RegisterSetDword.VIRTIO_ISR;
import static org.jvirtio.pci.RegisterSetDword.VIRTIO_PCI;

import java.util.List;
import java.util.Optional;

/**
 * How long the register sets are, which no dword says: each goes on to the next thing in its BAR,
 * by the fourth of {@link RegisterSetRules}.
 */
final class RegisterSetLengths {

    private static final List<RegisterSetDword> SETS =
            List.of(LEGACY, VIRTIO_PCI, VIRTIO_CONFIG, VIRTIO_ISR);

    private final FunctionFacts facts;
    private final RegisterSetCapability capability;

    RegisterSetLengths(FunctionFacts facts, RegisterSetCapability capability) {
        this.facts = facts;
        this.capability = capability;
    }

    /** Bytes without which a set is of no use. */
    static long least(RegisterSetDword set) {
        return set == VIRTIO_PCI ? RegisterSetRules.VIRTIO_PCI_USED : 1;
    }

    /** Bytes of a set that starts at {@code location}, inside {@code bar}. */
    long of(RegisterSetDword set, RegisterSetCapability.Location location, Bar bar) {
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
        for (int i = 0; i < SETS.size(); i++) {
            RegisterSetCapability.Location item = capability.location(SETS.get(i));
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
}
