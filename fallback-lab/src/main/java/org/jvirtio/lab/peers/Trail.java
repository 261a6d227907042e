package org.jvirtio.lab.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.Rule;

/**
 * Collects the rules that one driver tries, and ends as its verdict. The reason of a verdict is the
 * rule that failed last; without one it is that every rule holds.
 */
public final class Trail {

    private static final String NO_SIZES = "a dump has no BAR sizes";

    private final Peer peer;
    private final PeerFacts facts;
    private final List<PeerRule> rules = new ArrayList<>();
    private PeerFile file;
    private String failure = "";

    Trail(Peer peer, PeerFacts facts) {
        this.peer = peer;
        this.facts = facts;
    }

    /** The rules that follow stand in this file. */
    Trail reading(PeerFile next) {
        file = next;
        return this;
    }

    /** Records a rule that was read in the source, and answers whether it holds. */
    boolean verified(boolean holds, String sentence, String seen) {
        return add(holds, sentence, seen, Basis.VERIFIED);
    }

    /** Records a rule that was not read, but follows, and answers whether it holds. */
    boolean inferred(boolean holds, String sentence, String seen) {
        return add(holds, sentence, seen, Basis.INFERRED);
    }

    /** Records a rule that other things than these bytes decide; the driver is taken to go on. */
    void later(String sentence, String why) {
        rules.add(new PeerRule(sentence, why, Rule.Outcome.NOT_CHECKED, Basis.VERIFIED, file));
    }

    /** Whether {@code length} bytes of the capability lie inside its BAR; true if none can tell. */
    boolean inside(Bar bar, VendorCapability capability, long length) {
        String sentence = VendorCapability.name(capability.cfgType()) + " lies inside its BAR";
        if (!bar.lengthKnown()) {
            later(sentence, NO_SIZES);
            return true;
        }
        return verified(
                capability.offset() <= bar.length() && length <= bar.length() - capability.offset(),
                sentence,
                String.format(
                        "0x%x bytes at %s, which has 0x%x",
                        length, capability.place(), bar.length()));
    }

    private boolean add(boolean holds, String sentence, String seen, Basis basis) {
        Rule.Outcome outcome = holds ? Rule.Outcome.PASSED : Rule.Outcome.FAILED;
        rules.add(new PeerRule(sentence, seen, outcome, basis, file));
        if (!holds) {
            failure = "rule '" + sentence + "' fails: " + seen;
        }
        return holds;
    }

    PeerVerdict legacy() {
        String why = failure.isEmpty() ? "every rule holds" : failure;
        return end(Decision.LEGACY, why, "header at BAR0+0x0", Optional.empty());
    }

    PeerVerdict virtio1(VendorCapability common) {
        return end(
                Decision.VIRTIO1,
                "every rule holds",
                "common at " + common.place(),
                Optional.empty());
    }

    PeerVerdict refuses() {
        return end(Decision.REFUSES, failure, "", Optional.empty());
    }

    PeerVerdict crashes() {
        return end(Decision.CRASHES, failure, "", Optional.empty());
    }

    PeerVerdict hangs(ListWalk walk) {
        verified(false, "the capability list has an end", walk.path());
        return end(Decision.HANGS, failure, "", Optional.empty());
    }

    PeerVerdict ignores() {
        return end(Decision.IGNORES, failure, "", Optional.empty());
    }

    PeerVerdict ignores(Decision otherwise) {
        return end(Decision.IGNORES, failure, "", Optional.of(otherwise));
    }

    PeerVerdict unknown() {
        return end(
                Decision.UNKNOWN,
                String.format(
                        "the capability list begins at 0x%02x, but only %d bytes can be read"
                                + " (reading more takes root)",
                        facts.listPointer(), facts.bytes().length()),
                "",
                Optional.empty());
    }

    private PeerVerdict end(
            Decision decision, String reason, String registers, Optional<Decision> otherwise) {
        return new PeerVerdict(
                peer.name(), decision, facts.isTransitional(), reason, registers, otherwise, rules);
    }
}
