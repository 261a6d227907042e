package org.jvirtio.lab.peers;

import static org.jvirtio.lab.peers.VendorCapability.COMMON;
import static org.jvirtio.lab.peers.VendorCapability.DEVICE;
import static org.jvirtio.lab.peers.VendorCapability.ISR;
import static org.jvirtio.lab.peers.VendorCapability.NOTIFY;

import java.util.Optional;
import org.jvirtio.pci.Bar;

/**
 * OSv: the device id alone decides between legacy and virtio 1.x, so a transitional device is
 * always legacy. What does not hold ends in an assertion, and OSv with it.
 */
final class OsvPeer implements Peer {

    private static final PeerFile DEVICE_CC =
            new PeerFile("cloudius-systems/osv", "drivers/virtio-pci-device.cc", "0db37f7c1906");
    private static final PeerFile DEVICE_HH =
            new PeerFile("cloudius-systems/osv", "drivers/virtio-pci-device.hh", "1f98d36f64a4");

    private static final ListWalk.Style STYLE = new ListWalk.Style(false, false, false, false, 240);

    @Override
    public String name() {
        return "osv";
    }

    @Override
    public boolean claims(PeerFacts facts, Trail trail) {
        return trail.reading(DEVICE_CC)
                .inferred(
                        facts.isVirtio(),
                        "the ids are 1af4:1000 to 1af4:107f",
                        facts.identity().toString());
    }

    @Override
    public PeerVerdict decide(PeerFacts facts, Trail trail) {
        trail.reading(DEVICE_CC);
        return facts.isTransitional() ? legacy(facts, trail) : modern(facts, trail);
    }

    private static PeerVerdict legacy(PeerFacts facts, Trail trail) {
        trail.verified(true, "a device id below 0x1040 means legacy", facts.deviceId());
        boolean holds =
                trail.verified(facts.bar(0).isPresent(), "BAR 0 is there", facts.describe(0))
                        && trail.verified(
                                facts.identity().revision() == 0,
                                "the revision is 0",
                                "revision " + facts.identity().revision());
        return holds ? trail.legacy() : trail.crashes();
    }

    private static PeerVerdict modern(PeerFacts facts, Trail trail) {
        ListWalk walk = ListWalk.of(facts, STYLE);
        boolean holds =
                trail.verified(
                                facts.identity().revision() >= 1,
                                "the revision is at least 1",
                                "revision " + facts.identity().revision())
                        && maps(facts, trail, walk, COMMON)
                        && maps(facts, trail, walk, ISR)
                        && maps(facts, trail, walk, NOTIFY)
                        && maps(facts, trail, walk, DEVICE)
                        && needs(trail, walk, COMMON)
                        && needs(trail, walk, ISR)
                        && needs(trail, walk, NOTIFY);
        return holds ? trail.virtio1(walk.first(COMMON).orElseThrow()) : trail.crashes();
    }

    /** The constructor of its virtio_capability asserts, whether the structure is needed or not. */
    private static boolean maps(PeerFacts facts, Trail trail, ListWalk walk, int cfgType) {
        Optional<VendorCapability> first = walk.first(cfgType);
        if (first.isEmpty()) {
            return true;
        }
        trail.reading(DEVICE_HH);
        String name = VendorCapability.name(cfgType);
        Optional<Bar> bar = facts.bar(first.get().bar());
        return trail.inferred(
                        bar.isPresent(),
                        "the BAR of the first " + name + " is there",
                        facts.describe(first.get().bar()))
                && trail.verified(
                        first.get().length() > 0,
                        name + " is not empty",
                        String.format("length 0x%x", first.get().length()))
                && trail.inside(bar.get(), first.get(), first.get().length());
    }

    private static boolean needs(Trail trail, ListWalk walk, int cfgType) {
        Optional<VendorCapability> first = walk.first(cfgType);
        return trail.reading(DEVICE_CC)
                .verified(
                        first.isPresent(),
                        VendorCapability.name(cfgType) + " is there",
                        first.map(Object::toString).orElse("none in the list"));
    }
}
