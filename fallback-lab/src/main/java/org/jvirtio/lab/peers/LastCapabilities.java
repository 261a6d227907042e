package org.jvirtio.lab.peers;

import static org.jvirtio.lab.peers.VendorCapability.COMMON;
import static org.jvirtio.lab.peers.VendorCapability.DEVICE;
import static org.jvirtio.lab.peers.VendorCapability.ISR;
import static org.jvirtio.lab.peers.VendorCapability.NOTIFY;

import java.util.Optional;
import org.jvirtio.pci.Bar;

/**
 * The parser that DPDK and SPDK share by descent: the last capability of each type is taken, and
 * one that cannot be used takes away what a sound one before it gave. All four have to be there.
 */
final class LastCapabilities {

    /** Neither asks the status register, nor masks a pointer, nor counts. */
    private static final ListWalk.Style STYLE = new ListWalk.Style(false, false, false, false, 0);

    private static final int[] ALL = {COMMON, NOTIFY, DEVICE, ISR};

    private final PeerFacts facts;
    private final Trail trail;
    private final ListWalk walk;

    LastCapabilities(PeerFacts facts, Trail trail) {
        this.facts = facts;
        this.trail = trail;
        this.walk = ListWalk.of(facts, STYLE);
    }

    ListWalk walk() {
        return walk;
    }

    /** The common structure if all four can be used. */
    Optional<VendorCapability> common() {
        for (int cfgType : ALL) {
            if (!isUsable(cfgType)) {
                return Optional.empty();
            }
        }
        return last(COMMON);
    }

    private Optional<VendorCapability> last(int cfgType) {
        return walk.vendor().stream()
                .filter(capability -> capability.cfgType() == cfgType)
                .reduce((earlier, later) -> later);
    }

    private boolean isUsable(int cfgType) {
        String name = VendorCapability.name(cfgType);
        Optional<VendorCapability> last = last(cfgType);
        return trail.verified(
                        last.isPresent(),
                        name + " is there",
                        last.map(Object::toString).orElse("none in the list"))
                && isUsable(name, last.get());
    }

    private boolean isUsable(String name, VendorCapability last) {
        return trail.verified(
                        last.bar() <= 5,
                        "the last " + name + " names a BAR 0 to 5",
                        "bar " + last.bar())
                && trail.verified(
                        !last.wraps(),
                        "offset and length of " + name + " fit into 32 bits",
                        String.format("0x%x + 0x%x", last.offset(), last.length()))
                && isMapped(name, last);
    }

    private boolean isMapped(String name, VendorCapability last) {
        Optional<Bar> bar = facts.bar(last.bar());
        return trail.verified(
                        bar.isPresent(),
                        "the BAR of " + name + " is there",
                        facts.describe(last.bar()))
                && trail.inside(bar.get(), last, last.length())
                && trail.inferred(
                        bar.get().space() == Bar.Space.MEMORY,
                        "the BAR of " + name + " is mapped memory",
                        facts.describe(last.bar()));
    }
}
