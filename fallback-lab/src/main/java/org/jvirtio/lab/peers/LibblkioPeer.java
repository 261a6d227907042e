package org.jvirtio.lab.peers;

import static org.jvirtio.lab.peers.VendorCapability.COMMON;
import static org.jvirtio.lab.peers.VendorCapability.DEVICE;
import static org.jvirtio.lab.peers.VendorCapability.NOTIFY;

import java.util.Optional;
import org.jvirtio.pci.Bar;

/**
 * The virtio-driver crate below libblkio: virtio 1.x only, by mapping or by reads and writes, never
 * an ISR, always MSI-X. It drives whatever function it is told to.
 */
final class LibblkioPeer implements Peer {

    private static final PeerFile PCI_RS =
            new PeerFile(
                    "stefano-garzarella/virtio-driver", "src/transports/pci.rs", "05cb17d39bdb");

    /** The walk is that of the pci-driver crate, which was not read: taken to be careful. */
    private static final ListWalk.Style STYLE = new ListWalk.Style(true, true, true, false, 64);

    private static final int MSIX = 0x11;

    @Override
    public String name() {
        return "libblkio";
    }

    @Override
    public boolean claims(PeerFacts facts, Trail trail) {
        return trail.reading(PCI_RS)
                .verified(
                        facts.isVirtio(),
                        "the ids are 1af4:1000 to 1af4:107f",
                        facts.identity().toString());
    }

    @Override
    public PeerVerdict decide(PeerFacts facts, Trail trail) {
        trail.reading(PCI_RS);
        ListWalk walk = ListWalk.of(facts, STYLE);
        if (!trail.verified(
                !walk.vendor().isEmpty(),
                "there is a vendor capability; else it asks whether this is a legacy device",
                walk.path())) {
            return trail.refuses();
        }
        Optional<VendorCapability> common = needed(facts, trail, walk, COMMON);
        boolean drives =
                common.isPresent()
                        && trail.verified(walk.has(MSIX), "the function has MSI-X", walk.path())
                        && needed(facts, trail, walk, NOTIFY).isPresent()
                        && first(walk, DEVICE)
                                .map(device -> isThere(facts, trail, device))
                                .orElse(true);
        if (!drives) {
            return trail.refuses();
        }
        trail.later("the device offers VERSION_1", "the device is asked, not its configuration");
        return trail.virtio1(common.get());
    }

    private static Optional<VendorCapability> first(ListWalk walk, int cfgType) {
        return walk.vendor().stream()
                .filter(c -> c.cfgType() == cfgType && c.bar() <= 5)
                .findFirst();
    }

    private static Optional<VendorCapability> needed(
            PeerFacts facts, Trail trail, ListWalk walk, int cfgType) {
        String name = VendorCapability.name(cfgType);
        Optional<VendorCapability> first = first(walk, cfgType);
        boolean holds =
                trail.verified(
                        first.isPresent(),
                        "a " + name + " capability names a BAR 0 to 5",
                        first.map(Object::toString).orElse("none in the list"));
        return holds && isThere(facts, trail, first.get()) ? first : Optional.empty();
    }

    private static boolean isThere(PeerFacts facts, Trail trail, VendorCapability capability) {
        String name = VendorCapability.name(capability.cfgType());
        Optional<Bar> bar = facts.bar(capability.bar());
        return trail.verified(
                        bar.isPresent(),
                        "the BAR of the first " + name + " is there",
                        facts.describe(capability.bar()))
                && trail.inside(bar.get(), capability, capability.length());
    }
}
