package org.jvirtio.lab.peers;

import static org.jvirtio.lab.peers.VendorCapability.COMMON;
import static org.jvirtio.lab.peers.VendorCapability.DEVICE;
import static org.jvirtio.lab.peers.VendorCapability.ISR;
import static org.jvirtio.lab.peers.VendorCapability.NOTIFY;

import java.util.Optional;

/**
 * QEMU's own test driver: the first capability of each type, all in one BAR; anything missing means
 * legacy, anything odd is an assertion.
 */
final class LibqosPeer implements Peer {

    private static final PeerFile MODERN_C =
            new PeerFile("qemu/qemu", "tests/qtest/libqos/virtio-pci-modern.c", "059d06c8a843");
    private static final PeerFile VIRTIO_C =
            new PeerFile("qemu/qemu", "tests/qtest/libqos/virtio-pci.c", "1cf4323ecd03");
    private static final PeerFile PCI_C =
            new PeerFile("qemu/qemu", "tests/qtest/libqos/pci.c", "3df72d1c5500");

    private static final ListWalk.Style STYLE = new ListWalk.Style(false, false, false, false, 0);

    @Override
    public String name() {
        return "libqos";
    }

    /** It is handed the function that the test is about. */
    @Override
    public boolean claims(PeerFacts facts, Trail trail) {
        return trail.reading(MODERN_C)
                .verified(
                        facts.isVirtio(),
                        "the ids are 1af4:1000 to 1af4:107f",
                        facts.identity().toString());
    }

    @Override
    public PeerVerdict decide(PeerFacts facts, Trail trail) {
        ListWalk walk = ListWalk.of(facts, STYLE);
        VendorCapability common = null;
        for (int cfgType : new int[] {COMMON, NOTIFY, ISR, DEVICE}) {
            Optional<VendorCapability> found = walk.first(cfgType);
            trail.reading(MODERN_C);
            if (found.isEmpty() && walk.isEndless()) {
                return trail.reading(PCI_C).hangs(walk);
            }
            if (!trail.verified(
                    found.isPresent(),
                    VendorCapability.name(cfgType) + " is there",
                    found.map(Object::toString).orElse("none in the list"))) {
                return legacy(facts, trail);
            }
            common = common == null ? found.get() : common;
            if (!trail.verified(
                    found.get().bar() == common.bar(),
                    VendorCapability.name(cfgType) + " lies in the BAR of COMMON_CFG",
                    "bar " + found.get().bar() + ", COMMON_CFG in bar " + common.bar())) {
                return trail.crashes();
            }
        }
        return mapped(facts, trail, common.bar()) ? trail.virtio1(common) : trail.crashes();
    }

    private static PeerVerdict legacy(PeerFacts facts, Trail trail) {
        trail.reading(VIRTIO_C);
        return mapped(facts, trail, 0) ? trail.legacy() : trail.crashes();
    }

    private static boolean mapped(PeerFacts facts, Trail trail, int bar) {
        return trail.reading(PCI_C)
                .verified(
                        bar <= 5 && facts.bar(bar).isPresent(),
                        "BAR " + bar + " is one of six and has a size",
                        facts.describe(bar));
    }
}
