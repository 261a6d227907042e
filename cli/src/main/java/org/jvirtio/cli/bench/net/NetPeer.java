package org.jvirtio.cli.bench.net;

import java.util.Arrays;

/** Who drives the two functions. */
public enum NetPeer {
    OURS("jvirtio"),
    TESTPMD("testpmd");

    private final String label;

    NetPeer(String label) {
        this.label = label;
    }

    /** As in the report, and on the wire. */
    public String label() {
        return label;
    }

    static NetPeer of(String label) {
        return Arrays.stream(values())
                .filter(peer -> peer.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no peer is called " + label));
    }
}
