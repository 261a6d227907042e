package org.jvirtio.lab.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The drivers that can be asked. */
public final class Peers {

    private static final List<Peer> ALL =
            List.of(
                    new LinuxPeer(),
                    new DpdkPeer(),
                    new SpdkPeer(),
                    new LibblkioPeer(),
                    new RcorePeer(),
                    new OsvPeer(),
                    new HermitPeer(),
                    new LibqosPeer());

    private Peers() {}

    public static List<Peer> all() {
        return ALL;
    }

    /**
     * Those that are named, in the order of {@link #all}, each once.
     *
     * @param names {@code all} among them means all
     * @throws IllegalArgumentException if one is not known
     */
    public static List<Peer> named(List<String> names) {
        List<String> unknown = new ArrayList<>(names);
        ALL.forEach(peer -> unknown.removeIf(peer.name()::equals));
        unknown.removeIf("all"::equals);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no driver '"
                            + unknown.get(0)
                            + "'; there are "
                            + ALL.stream().map(Peer::name).collect(Collectors.joining(", "))
                            + ", and all of them: all");
        }
        return ALL.stream()
                .filter(peer -> names.contains("all") || names.contains(peer.name()))
                .toList();
    }

    /** What each does with the same function. */
    public static List<PeerVerdict> judge(List<Peer> peers, PeerFacts facts) {
        return peers.stream().map(peer -> peer.judge(facts)).toList();
    }
}
