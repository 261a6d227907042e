package org.jvirtio.lab.peers;

import static org.jvirtio.lab.peers.VendorCapability.COMMON;
import static org.jvirtio.lab.peers.VendorCapability.DEVICE;
import static org.jvirtio.lab.peers.VendorCapability.ISR;
import static org.jvirtio.lab.peers.VendorCapability.NOTIFY;
import static org.jvirtio.lab.peers.VendorCapability.PCI;

import java.util.Optional;
import java.util.Set;
import org.jvirtio.pci.Bar;

/**
 * Hermit: device ids from 0x1040 only, structures in 64-bit memory BARs only. A capability whose
 * cap_len is too short is unwrapped all the same, which is a panic.
 */
final class HermitPeer implements Peer {

    private static final PeerFile PCI_RS =
            new PeerFile("hermit-os/kernel", "src/drivers/virtio/transport/pci.rs", "0.11 of 2025");
    private static final PeerFile BAR_RS =
            new PeerFile("hermit-os/kernel", "src/drivers/pci.rs", "2d4bd6bb1d61");

    private static final ListWalk.Style STYLE = new ListWalk.Style(true, true, false, false, 0);

    /** Network, console, socket, file system. */
    private static final Set<Integer> TYPES = Set.of(1, 3, 19, 26);

    private static final int LEAST_CAP_LEN = 16;
    private static final int LEAST_NOTIFY_CAP_LEN = 20;

    @Override
    public String name() {
        return "hermit";
    }

    @Override
    public boolean claims(PeerFacts facts, Trail trail) {
        trail.reading(PCI_RS);
        return trail.verified(
                        facts.isVirtio(),
                        "the ids are 1af4:1000 to 1af4:107f",
                        facts.identity().toString())
                && (facts.isTransitional()
                        || trail.verified(
                                TYPES.contains(facts.type()),
                                "it has a driver for the type: 1, 3, 19 or 26",
                                "type " + facts.type()));
    }

    @Override
    public PeerVerdict decide(PeerFacts facts, Trail trail) {
        ListWalk walk = ListWalk.of(facts, STYLE);
        trail.reading(PCI_RS);
        if (!trail.verified(
                        !facts.isTransitional(),
                        "the device id is 0x1040 or above; others are not supported",
                        facts.deviceId())
                || !trail.verified(
                        facts.saysThatThereIsAList(),
                        "the status register says that there is a capability list",
                        walk.path())) {
            return trail.refuses();
        }
        if (walk.isEndless()) {
            return trail.hangs(walk);
        }
        if (!everyCapLenIsEnough(trail, walk)) {
            return trail.crashes();
        }
        boolean drives =
                usable(facts, trail, walk, COMMON, VendorCapability.COMMON_BYTES)
                        && usable(facts, trail, walk, NOTIFY, 0)
                        && usable(facts, trail, walk, ISR, 0)
                        && trail.inferred(
                                mapped(facts, walk, DEVICE).isPresent(),
                                "DEVICE_CFG is there, which each of its drivers asks for",
                                walk.first(DEVICE).map(Object::toString).orElse("none"));
        return drives ? trail.virtio1(mapped(facts, walk, COMMON).orElseThrow()) : trail.refuses();
    }

    private static boolean everyCapLenIsEnough(Trail trail, ListWalk walk) {
        Optional<VendorCapability> shortOne =
                walk.vendor().stream()
                        .filter(
                                c ->
                                        c.capLen()
                                                < (c.cfgType() == NOTIFY
                                                        ? LEAST_NOTIFY_CAP_LEN
                                                        : LEAST_CAP_LEN))
                        .findFirst();
        return trail.verified(
                shortOne.isEmpty(),
                "no vendor capability has a cap_len below 16, or 20 for NOTIFY_CFG",
                shortOne.map(c -> c + ", cap_len " + c.capLen()).orElse("none has"));
    }

    /** The first whose BAR it can map; PCI_CFG is left out before. */
    private static Optional<VendorCapability> mapped(PeerFacts facts, ListWalk walk, int cfgType) {
        return walk.vendor().stream()
                .filter(c -> c.cfgType() == cfgType && c.cfgType() != PCI && c.bar() <= 5)
                .filter(c -> facts.bar(c.bar()).filter(HermitPeer::canMap).isPresent())
                .findFirst();
    }

    private static boolean canMap(Bar bar) {
        return bar.space() == Bar.Space.MEMORY && bar.wide();
    }

    private static boolean usable(
            PeerFacts facts, Trail trail, ListWalk walk, int cfgType, int least) {
        String name = VendorCapability.name(cfgType);
        Optional<VendorCapability> found = mapped(facts, walk, cfgType);
        boolean there =
                trail.reading(BAR_RS)
                        .verified(
                                found.isPresent(),
                                name + " lies in a 64-bit memory BAR",
                                walk.first(cfgType)
                                        .map(c -> c + "; " + facts.describe(c.bar()))
                                        .orElse("none in the list"));
        trail.reading(PCI_RS);
        return there
                && trail.inside(
                        facts.bar(found.get().bar()).orElseThrow(),
                        found.get(),
                        found.get().length())
                && trail.verified(
                        found.get().length() >= least,
                        name + " has at least " + least + " bytes",
                        String.format("length 0x%x", found.get().length()));
    }
}
