package org.jvirtio.cli.bench.block;

/** One thing that is measured: a load on a disk, and how its driver waits. */
public record BlockCell(BlockDisk disk, Waiting waiting, Load load) {

    /** {@code null disk, 1.x, polling}. */
    public String table() {
        return String.format(
                "%s disk, %s, %s",
                disk.backend(), disk.layout(), isPolling() ? "polling" : "MSI-X");
    }

    /** {@code 4k random read}. */
    public String request() {
        return load.kind();
    }

    public int depth() {
        return load.depth();
    }

    /** Of one request. */
    public int bytes() {
        return load.bytes();
    }

    public boolean isPolling() {
        return waiting == Waiting.POLL;
    }

    /** Whether the project has set itself goals here: small requests, a disk that costs nothing. */
    public boolean hasGoals() {
        return disk.backend().equals("null") && load.random();
    }

    /** A name without spaces; the kernel's driver waits in its own way, so it has one for both. */
    public String name(Peer peer) {
        String way = peer.isKernel() ? "kernel" : waiting.label();
        return String.join("/", disk.backend(), disk.layout(), way, load.name());
    }
}
