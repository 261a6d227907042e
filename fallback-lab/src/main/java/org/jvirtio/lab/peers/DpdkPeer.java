package org.jvirtio.lab.peers;

import java.util.Optional;
import org.jvirtio.pci.Bar;

/**
 * DPDK's net_virtio: network devices; whatever it cannot drive as virtio 1.x it tries as legacy.
 */
final class DpdkPeer implements Peer {

    private static final PeerFile PCI_C =
            new PeerFile("DPDK/dpdk", "drivers/net/virtio/virtio_pci.c", "742bde12f3bd");
    private static final PeerFile ETHDEV_C =
            new PeerFile("DPDK/dpdk", "drivers/net/virtio/virtio_pci_ethdev.c", "1ac793468953");

    @Override
    public String name() {
        return "dpdk";
    }

    @Override
    public boolean claims(PeerFacts facts, Trail trail) {
        int device = facts.identity().device();
        return trail.reading(ETHDEV_C)
                .verified(
                        facts.isVirtio() && (device == 0x1000 || device == 0x1041),
                        "the ids are 1af4:1000 or 1af4:1041, a network device",
                        facts.deviceId());
    }

    @Override
    public PeerVerdict decide(PeerFacts facts, Trail trail) {
        trail.reading(PCI_C);
        LastCapabilities capabilities = new LastCapabilities(facts, trail);
        if (capabilities.walk().isEndless()) {
            return trail.hangs(capabilities.walk());
        }
        Optional<VendorCapability> common = capabilities.common();
        if (common.isPresent()) {
            return trail.virtio1(common.get());
        }
        boolean ports =
                trail.inferred(
                        facts.bar(0).filter(bar -> bar.space() == Bar.Space.IO).isPresent(),
                        "BAR 0 is in I/O space, so that it can be driven as legacy",
                        facts.describe(0));
        return ports ? trail.legacy() : trail.refuses();
    }
}
