package org.jvirtio.model;

import java.util.BitSet;

/**
 * How an emulated function looks and behaves, apart from the kind of device that it is. Every
 * method changes one option and returns this object.
 */
public final class FunctionOptions {

    /** MSI-X has an 11-bit table size (section 4.1.5.1.2.1). */
    private static final int MOST_VECTORS = 2048;

    /** Largest split virtqueue (section 2.7). */
    private static final int LARGEST_QUEUE = 32768;

    private static final int VECTORS_BY_QUEUES = -1;

    private ShownLayouts layouts = ShownLayouts.parse("virtio1");
    private int vectors = VECTORS_BY_QUEUES;
    private boolean intx = true;
    private int queueSize = 256;
    private boolean accessPlatform;
    private boolean msixDwords;
    private final BitSet withheld = new BitSet();
    private Completion completion = Completion.AT_ONCE;
    private Timing timing = Timing.IN_DOORBELL;
    private Fault fault = Fault.NONE;

    /** {@code virtio1}, {@code legacy+register-set}, {@code mail-fast-isr}, ... */
    public FunctionOptions layout(String name) {
        layouts = ShownLayouts.parse(name);
        return this;
    }

    /** Entries of the MSI-X table; 0 for a function without MSI-X. */
    public FunctionOptions vectors(int count) {
        vectors = within("vectors", count, 0, MOST_VECTORS);
        return this;
    }

    /** Whether the function has an interrupt pin. */
    public FunctionOptions intx(boolean pin) {
        intx = pin;
        return this;
    }

    /** Entries of each queue: exactly these in the legacy layout, at most these in the others. */
    public FunctionOptions queueSize(int entries) {
        within("queue", entries, 1, LARGEST_QUEUE);
        if (Integer.bitCount(entries) != 1) {
            throw new IllegalArgumentException(
                    "setting queue=" + entries + ": not a power of two. Use 1, 2, 4, ... 32768.");
        }
        queueSize = entries;
        return this;
    }

    /**
     * Offers ACCESS_PLATFORM; once it is accepted, the device understands platform addresses only.
     */
    public FunctionOptions accessPlatform(boolean offered) {
        accessPlatform = offered;
        return this;
    }

    /** Adds the two MSI-X dwords to the register-set capability, which then has 28 bytes. */
    public FunctionOptions msixDwords(boolean shown) {
        msixDwords = shown;
        return this;
    }

    /** Feature bits that are not offered although the model could. */
    public FunctionOptions withhold(int... bits) {
        withheld.or(FeatureBits.of(bits));
        return this;
    }

    /** In which order and in which portions requests are given back. */
    public FunctionOptions completion(Completion way) {
        completion = way;
        return this;
    }

    public FunctionOptions timing(Timing when) {
        timing = when;
        return this;
    }

    /** What the function does wrong. */
    public FunctionOptions fault(Fault wrong) {
        fault = wrong;
        return this;
    }

    ShownLayouts layouts() {
        return layouts;
    }

    /** One vector per queue and one for the configuration, if nothing else was asked for. */
    int vectorsFor(int queues) {
        if (vectors != VECTORS_BY_QUEUES) {
            return vectors;
        }
        // The mail states an MSI-X table for its first example only.
        boolean without =
                layouts.placement() == RegisterSetPlacement.MAIL_FAST_ISR
                        || layouts.placement() == RegisterSetPlacement.MAIL_SLOW_ISR;
        return without ? 0 : queues + 1;
    }

    boolean intx() {
        return intx;
    }

    int queueSize() {
        return queueSize;
    }

    boolean accessPlatform() {
        return accessPlatform;
    }

    boolean msixDwords() {
        return msixDwords;
    }

    BitSet withheld() {
        return withheld;
    }

    Completion completion() {
        return completion;
    }

    Timing timing() {
        return timing;
    }

    Fault fault() {
        return fault;
    }

    private static int within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    String.format(
                            "setting %s=%d: outside %d to %d. Choose a value between them.",
                            option, value, least, most));
        }
        return value;
    }
}
