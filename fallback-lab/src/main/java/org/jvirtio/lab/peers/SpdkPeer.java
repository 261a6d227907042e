package org.jvirtio.lab.peers;

import java.util.Optional;
import java.util.Set;

/** SPDK's virtio initiator: disks and SCSI hosts, virtio 1.x only, device configuration needed. */
final class SpdkPeer implements Peer {

    private static final PeerFile PCI_C =
            new PeerFile("spdk/spdk", "lib/virtio/virtio_pci.c", "c4fafdb21585");
    private static final PeerFile IDS_C =
            new PeerFile("spdk/spdk", "lib/env_dpdk/pci_virtio.c", "132fffd4fdbd");
    private static final Set<Integer> IDS = Set.of(0x1001, 0x1004, 0x1042, 0x1048);

    @Override
    public String name() {
        return "spdk";
    }

    @Override
    public boolean claims(PeerFacts facts, Trail trail) {
        return trail.reading(IDS_C)
                .verified(
                        facts.isVirtio() && IDS.contains(facts.identity().device()),
                        "the device id is 0x1001, 0x1004, 0x1042 or 0x1048: a disk or a SCSI host",
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
        return common.map(trail::virtio1).orElseGet(trail::refuses);
    }
}
