package org.jvirtio.cli.bench.block;

import java.util.Arrays;

/** Who drives the disk. */
public enum Peer {
    OURS("jvirtio"),
    C("C"),
    FIO("fio io_uring"),
    FIO_FIXED("fio io_uring, fixed buffers");

    private final String label;

    Peer(String label) {
        this.label = label;
    }

    /** As in the report. */
    public String label() {
        return label;
    }

    /** True for those that reach the disk through the kernel's driver. */
    public boolean isKernel() {
        return this == FIO || this == FIO_FIXED;
    }

    /** As on the command line: {@code ours}, {@code c}, {@code fio}, {@code fio-fixed}. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static Peer of(String word) {
        return Arrays.stream(values())
                .filter(peer -> peer.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no peer is called " + word));
    }
}
