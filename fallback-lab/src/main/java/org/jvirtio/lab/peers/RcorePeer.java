package org.jvirtio.lab.peers;

import static org.jvirtio.lab.peers.VendorCapability.COMMON;
import static org.jvirtio.lab.peers.VendorCapability.DEVICE;
import static org.jvirtio.lab.peers.VendorCapability.ISR;
import static org.jvirtio.lab.peers.VendorCapability.NOTIFY;

import java.util.Optional;
import java.util.Set;
import org.jvirtio.pci.Bar;

/**
 * The virtio-drivers crate of rCore: virtio 1.x only, in memory BARs only, the first capability of
 * each type whatever its BAR.
 */
final class RcorePeer implements Peer {

    private static final PeerFile PCI_RS =
            new PeerFile("rcore-os/virtio-drivers", "src/transport/pci.rs", "025c6c8eae24");
    private static final PeerFile BUS_RS =
            new PeerFile("rcore-os/virtio-drivers", "src/transport/pci/bus.rs", "01ca8502dcec");

    private static final ListWalk.Style STYLE = new ListWalk.Style(true, false, true, true, 0);

    private static final Set<Integer> TRANSITIONAL =
            Set.of(0x1000, 0x1001, 0x1002, 0x1003, 0x1004, 0x1005, 0x1009);
    private static final int LAST_TYPE = 25;

    private static final int LEAST_CAP_LEN = 16;
    private static final int LEAST_NOTIFY_CAP_LEN = 20;

    /** The common structure has fields of 64 bits. */
    private static final int COMMON_ALIGNMENT = 8;

    @Override
    public String name() {
        return "rcore";
    }

    @Override
    public boolean claims(PeerFacts facts, Trail trail) {
        trail.reading(PCI_RS);
        if (facts.isTransitional()) {
            return trail.verified(
                    TRANSITIONAL.contains(facts.identity().device()),
                    "a transitional device id is 0x1000 to 0x1005 or 0x1009",
                    facts.deviceId());
        }
        return trail.inferred(
                facts.isVirtio() && facts.type() >= 1 && facts.type() <= LAST_TYPE,
                "the device id is 0x1040 and a type that it knows, 1 to 25",
                facts.deviceId());
    }

    @Override
    public PeerVerdict decide(PeerFacts facts, Trail trail) {
        ListWalk walk = ListWalk.of(facts, STYLE);
        if (walk.isEndless()) {
            return trail.reading(BUS_RS).hangs(walk);
        }
        trail.reading(PCI_RS);
        Optional<VendorCapability> common = first(walk, COMMON);
        Optional<VendorCapability> notify = first(walk, NOTIFY);
        Optional<VendorCapability> isr = first(walk, ISR);
        boolean drives =
                present(trail, common, COMMON)
                        && region(
                                facts,
                                trail,
                                common.get(),
                                VendorCapability.COMMON_BYTES,
                                COMMON_ALIGNMENT)
                        && present(trail, notify, NOTIFY)
                        && isEven(trail, notify.get())
                        && region(facts, trail, notify.get(), 2, 2)
                        && present(trail, isr, ISR)
                        && region(facts, trail, isr.get(), 1, 1)
                        && first(walk, DEVICE)
                                .map(device -> region(facts, trail, device, 4, 4))
                                .orElse(true);
        return drives ? trail.virtio1(common.get()) : trail.refuses();
    }

    private static Optional<VendorCapability> first(ListWalk walk, int cfgType) {
        int least = cfgType == NOTIFY ? LEAST_NOTIFY_CAP_LEN : LEAST_CAP_LEN;
        return walk.vendor().stream()
                .filter(c -> c.cfgType() == cfgType && c.capLen() >= least)
                .findFirst();
    }

    private static boolean present(Trail trail, Optional<VendorCapability> found, int cfgType) {
        return trail.verified(
                found.isPresent(),
                VendorCapability.name(cfgType) + " is there, its cap_len long enough",
                found.map(Object::toString).orElse("none in the list"));
    }

    private static boolean isEven(Trail trail, VendorCapability notify) {
        return trail.verified(
                notify.multiplier() % 2 == 0,
                "notify_off_multiplier is even",
                "notify_off_multiplier " + notify.multiplier());
    }

    private static boolean region(
            PeerFacts facts, Trail trail, VendorCapability capability, int least, int alignment) {
        String name = VendorCapability.name(capability.cfgType());
        Optional<Bar> bar = capability.bar() <= 5 ? facts.bar(capability.bar()) : Optional.empty();
        return trail.verified(
                        bar.isPresent(),
                        "the BAR of the first " + name + " has an address",
                        capability.bar() <= 5
                                ? facts.describe(capability.bar())
                                : "bar " + capability.bar())
                && trail.verified(
                        bar.get().space() == Bar.Space.MEMORY,
                        "the BAR of " + name + " is in memory space",
                        facts.describe(capability.bar()))
                && trail.inferred(
                        !capability.wraps(),
                        "offset and length of " + name + " fit into 32 bits",
                        String.format("0x%x + 0x%x", capability.offset(), capability.length()))
                && trail.inside(bar.get(), capability, capability.length())
                && trail.verified(
                        capability.length() >= least,
                        name + " has at least " + least + " bytes",
                        String.format("length 0x%x", capability.length()))
                && trail.verified(
                        capability.offset() % alignment == 0,
                        name + " is aligned to " + alignment,
                        String.format("offset 0x%x", capability.offset()));
    }
}
