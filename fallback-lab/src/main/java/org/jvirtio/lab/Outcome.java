package org.jvirtio.lab;

/** How a case ended. The words are those that virtio testers already compare. */
public enum Outcome {
    /** What was expected was seen. */
    PASS,
    /** Something else was seen. */
    FAIL,
    /** The driver refused the device, as it had to. */
    REJECT,
    /** The device, or our way to it, no longer answers; its guest has to be booted anew. */
    WEDGED,
    /** Not run, with the reason; never counted as good. */
    SKIP;

    /** True if it is a reason to end a run with exit status 1. */
    public boolean isBad() {
        return this == FAIL || this == WEDGED;
    }
}
