package org.jvirtio.lab.peers;

import static org.jvirtio.lab.peers.VendorCapability.COMMON;
import static org.jvirtio.lab.peers.VendorCapability.DEVICE;
import static org.jvirtio.lab.peers.VendorCapability.ISR;
import static org.jvirtio.lab.peers.VendorCapability.NOTIFY;

import java.util.Optional;

/**
 * The kernel's virtio-pci: the first capability of each type whose BAR is there; without a common
 * one it leaves the function to its legacy half, with a broken one it gives up.
 */
final class LinuxPeer implements Peer {

    private static final PeerFile COMMON_C =
            new PeerFile("torvalds/linux", "drivers/virtio/virtio_pci_common.c", "03844599e65c");
    private static final PeerFile MODERN_C =
            new PeerFile(
                    "torvalds/linux", "drivers/virtio/virtio_pci_modern_dev.c", "11db24b67fea");
    private static final PeerFile MODERN_PROBE_C =
            new PeerFile("torvalds/linux", "drivers/virtio/virtio_pci_modern.c", "702fdf3513b0");
    private static final PeerFile LEGACY_C =
            new PeerFile(
                    "torvalds/linux", "drivers/virtio/virtio_pci_legacy_dev.c", "2ace52718376");
    private static final PeerFile PCI_C =
            new PeerFile("torvalds/linux", "drivers/pci/pci.c", "f67577118d11");

    /** Each search is bounded; their sequence, from one vendor capability to the next, is not. */
    private static final ListWalk.Style STYLE = new ListWalk.Style(true, true, true, false, 0);

    private static final long PAGE = 4096;

    @Override
    public String name() {
        return "linux";
    }

    @Override
    public boolean claims(PeerFacts facts, Trail trail) {
        trail.reading(COMMON_C);
        return trail.verified(
                        facts.identity().vendor() == 0x1af4,
                        "the vendor id is 0x1af4",
                        String.format("vendor id 0x%04x", facts.identity().vendor()))
                && trail.reading(MODERN_C)
                        .verified(
                                facts.isVirtio(),
                                "the device id is 0x1000 to 0x107f",
                                facts.deviceId());
    }

    @Override
    public PeerVerdict decide(PeerFacts facts, Trail trail) {
        ListWalk walk = ListWalk.of(facts, STYLE);
        Optional<VendorCapability> common = find(facts, walk, COMMON);
        if (common.isEmpty()) {
            return withoutCommon(facts, walk, trail);
        }
        return modern(facts, walk, trail, common.get());
    }

    /** The first whose BAR is 0 to 5 and has a length, in I/O or memory space. */
    private static Optional<VendorCapability> find(PeerFacts facts, ListWalk walk, int cfgType) {
        return walk.vendor().stream()
                .filter(c -> c.cfgType() == cfgType && c.bar() <= 5)
                .filter(c -> facts.bar(c.bar()).isPresent())
                .findFirst();
    }

    /** What is not found in a circle of vendor capabilities is looked for for ever. */
    private static boolean searchesForEver(ListWalk walk, Optional<VendorCapability> found) {
        return found.isEmpty() && walk.isEndlessAmongVendor();
    }

    private PeerVerdict withoutCommon(PeerFacts facts, ListWalk walk, Trail trail) {
        trail.reading(MODERN_C);
        trail.verified(
                false,
                "a COMMON_CFG capability names a BAR 0 to 5 that is there",
                walk.first(COMMON).map(Object::toString).orElse("none in the list"));
        if (walk.isEndlessAmongVendor()) {
            return trail.reading(PCI_C).hangs(walk);
        }
        trail.reading(LEGACY_C);
        boolean legacy =
                trail.verified(
                                facts.isTransitional(),
                                "the device id is 0x1000 to 0x103f",
                                facts.deviceId())
                        && trail.verified(
                                facts.identity().revision() == 0,
                                "the revision is 0",
                                "revision " + facts.identity().revision())
                        && trail.verified(
                                facts.bar(0).isPresent(),
                                "BAR 0 can be mapped, in I/O or memory space",
                                facts.describe(0));
        return legacy ? trail.legacy() : trail.refuses();
    }

    private PeerVerdict modern(
            PeerFacts facts, ListWalk walk, Trail trail, VendorCapability common) {
        Optional<VendorCapability> isr = find(facts, walk, ISR);
        Optional<VendorCapability> notify = find(facts, walk, NOTIFY);
        Optional<VendorCapability> device = find(facts, walk, DEVICE);
        trail.reading(MODERN_C);
        trail.verified(
                true, "a COMMON_CFG capability names a BAR that is there", common.toString());
        if (searchesForEver(walk, isr) || searchesForEver(walk, notify)) {
            return trail.reading(PCI_C).hangs(walk);
        }
        if (!present(trail, isr, ISR) || !present(trail, notify, NOTIFY)) {
            return trail.refuses();
        }
        if (searchesForEver(walk, device)) {
            return trail.reading(PCI_C).hangs(walk);
        }
        boolean maps =
                maps(facts, trail, common, VendorCapability.COMMON_BYTES, 4)
                        && maps(facts, trail, isr.get(), 1, 1)
                        && mapsDoorbells(facts, trail, notify.get())
                        && device.map(d -> maps(facts, trail, d, 0, 4)).orElse(true);
        if (!maps) {
            return trail.refuses();
        }
        trail.reading(MODERN_PROBE_C);
        trail.later("the device offers VERSION_1", "the device is asked, not its configuration");
        return trail.virtio1(common);
    }

    private static boolean present(Trail trail, Optional<VendorCapability> found, int cfgType) {
        String name = VendorCapability.name(cfgType);
        return trail.verified(
                found.isPresent(),
                "where COMMON_CFG is, " + name + " is; else no legacy either",
                found.map(Object::toString).orElse("no " + name + " whose BAR is there"));
    }

    /** More than a page from its first doorbell on is mapped, and checked, queue by queue. */
    private static boolean mapsDoorbells(PeerFacts facts, Trail trail, VendorCapability notify) {
        if (notify.length() + notify.offset() % PAGE > PAGE) {
            trail.later(
                    "each doorbell lies inside NOTIFY_CFG",
                    "longer than a page, so mapped queue by queue");
            return true;
        }
        return maps(facts, trail, notify, 2, 2);
    }

    private static boolean maps(
            PeerFacts facts, Trail trail, VendorCapability capability, int least, int alignment) {
        String name = VendorCapability.name(capability.cfgType());
        return trail.verified(
                        capability.length() >= Math.max(least, 1),
                        name + " has at least " + Math.max(least, 1) + " bytes",
                        String.format("length 0x%x", capability.length()))
                && trail.verified(
                        capability.offset() % alignment == 0,
                        name + " is aligned to " + alignment,
                        String.format("offset 0x%x", capability.offset()))
                && trail.inside(facts.bar(capability.bar()).orElseThrow(), capability, least);
    }
}
