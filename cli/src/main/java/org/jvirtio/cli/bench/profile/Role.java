package org.jvirtio.cli.bench.profile;

import java.util.List;

/**
 * What a client of a disk does at a moment, as the frames of its stack show it, innermost first.
 */
public enum Role {
    /** It looks whether something was used, and nothing was: the server is at work. */
    WAITS("waits for the server"),
    /** Queue, driver, transport and the accesses to memory below them. */
    DRIVES("driver and queue"),
    /** The benchmark's own: which block is next, the clock, the histogram. */
    LOADS("load and clock"),
    OTHER("anything else");

    private static final String LOAD = "org.jvirtio.cli.bench.block.BlockLoad.";
    private static final List<String> WAITING = List.of(LOAD + "pollFirst", LOAD + "pollLong");

    private static final List<String> DRIVER =
            List.of(
                    "org.jvirtio.queue.",
                    "org.jvirtio.device.",
                    "org.jvirtio.memory.",
                    "org.jvirtio.transport.",
                    "org.jvirtio.linux.",
                    "org.jvirtio.vfiouser.");

    private final String words;

    Role(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /**
     * The role of a stack.
     *
     * @param frames {@code class.method}, innermost first
     */
    static Role of(List<String> frames) {
        if (frames.stream().anyMatch(WAITING::contains)) {
            return WAITS;
        }
        for (String frame : frames) {
            if (DRIVER.stream().anyMatch(frame::startsWith)) {
                return DRIVES;
            }
            if (frame.startsWith("org.jvirtio.cli.bench.")) {
                return LOADS;
            }
        }
        return OTHER;
    }
}
