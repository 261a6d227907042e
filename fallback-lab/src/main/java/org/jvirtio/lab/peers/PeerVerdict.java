package org.jvirtio.lab.peers;

import java.util.List;
import java.util.Optional;

/**
 * What one driver does with a function, and why.
 *
 * @param peer its name: {@code linux}
 * @param transitional whether the device id is one of 0x1000 to 0x103f
 * @param reason in one sentence without a full stop
 * @param registers where it finds them: {@code common at BAR4+0x0}; empty if it drives nothing
 * @param otherwise of a driver that has none for this type of device: what its parser would say
 * @param rules in the order tried
 */
public record PeerVerdict(
        String peer,
        Decision decision,
        boolean transitional,
        String reason,
        String registers,
        Optional<Decision> otherwise,
        List<PeerRule> rules) {

    public PeerVerdict {
        rules = List.copyOf(rules);
    }

    /** The source files of its rules, each once. */
    public List<PeerFile> files() {
        return rules.stream().map(PeerRule::file).distinct().toList();
    }

    /** {@code virtio1 (transitional)}. */
    public String label() {
        return decision.label()
                + (decision == Decision.VIRTIO1 && transitional ? " (transitional)" : "");
    }
}
