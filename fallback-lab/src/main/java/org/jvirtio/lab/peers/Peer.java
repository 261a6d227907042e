package org.jvirtio.lab.peers;

/**
 * Another driver, as far as it decides from configuration bytes. Its two questions are kept apart,
 * since a driver for disks alone still shows what its parser makes of a network device.
 */
public interface Peer {

    /** What people type: {@code linux}. */
    String name();

    /** Whether the driver is offered a function with these ids at all. */
    boolean claims(PeerFacts facts, Trail trail);

    /** What it does with a function that it was offered. */
    PeerVerdict decide(PeerFacts facts, Trail trail);

    /** The verdict; bytes of any kind give one, and the same bytes the same one. */
    default PeerVerdict judge(PeerFacts facts) {
        Trail trail = new Trail(this, facts);
        if (facts.endsTooSoon()) {
            return trail.unknown();
        }
        if (claims(facts, trail)) {
            return decide(facts, trail);
        }
        return facts.isVirtio()
                ? trail.ignores(decide(facts, new Trail(this, facts)).decision())
                : trail.ignores();
    }
}
