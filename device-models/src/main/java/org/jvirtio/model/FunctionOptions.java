package org.jvirtio.model;

import java.util.BitSet;

/**
 * How an emulated function looks and behaves, apart from the kind of device that it is. Every
 * method changes one option and returns this object.
 */
public final class FunctionOptions {

    /** MSI-X has an 11-bit table size (section 4.1.5.1.2.1). */
    private static final int MOST_VECTORS = 2048;

    private static final int VECTORS_BY_QUEUES = -1;

    private ShownLayouts layouts = ShownLayouts.parse("virtio1");
    private int vectors = VECTORS_BY_QUEUES;
    private boolean intx = true;
    private int queueSize = 256;
    private boolean accessPlatform;
    private boolean msixDwords;
    private final BitSet withheld = new BitSet();
    private final BitSet offered = new BitSet();
    private Completion completion = Completion.AT_ONCE;
    private Timing timing = Timing.IN_DOORBELL;
    private Fault fault = Fault.NONE;
    private int faultAt;

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

    /**
     * Entries of each queue: exactly these in the legacy layout, at most these in the others. A
     * power of two, unless RING_PACKED is offered; drivers that do without it then see the next
     * lower one.
     */
    public FunctionOptions queueSize(int entries) {
        queueSize = within("queue", entries, 1, DeviceRing.LARGEST);
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

    /**
     * Feature bits of the ring that are offered on top, outside the legacy layout: RING_PACKED
     * (34), IN_ORDER (35), NOTIFICATION_DATA (38), NOTIF_CONFIG_DATA (39), RING_RESET (40).
     */
    public FunctionOptions offer(int... bits) {
        for (int bit : bits) {
            if (RingBit.OPTIONAL.stream().noneMatch(feature -> feature.bit == bit)) {
                throw new IllegalArgumentException("offering feature " + bit + " of the ring");
            }
        }
        offered.or(FeatureBits.of(bits));
        return this;
    }

    /** Offers every feature of the ring that there is. */
    public FunctionOptions offerAll() {
        return offer(RingBit.parse("all"));
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

    /** On which request a fault of the ring acts: 0 is the first that is given back. */
    public FunctionOptions faultAt(int request) {
        faultAt = within("fault-at", request, 0, Integer.MAX_VALUE);
        return this;
    }

    /** Refuses options that are right one by one and not together. */
    void requireConsistent() {
        boolean packed = offered.get(RingBit.RING_PACKED.bit);
        if (Integer.bitCount(queueSize) != 1 && !packed) {
            throw new IllegalArgumentException(
                    "setting queue="
                            + queueSize
                            + ": not a power of two. Use 1, 2, 4, ... 32768, or offer"
                            + " ring=packed.");
        }
        if (fault == Fault.WRAP_BIT_WRONG && !packed) {
            throw new IllegalArgumentException(
                    "setting fault="
                            + fault.label()
                            + ": split rings have no wrap bit. Offer ring=packed.");
        }
    }

    ShownLayouts layouts() {
        return layouts;
    }

    /** Unless others were asked for: one per queue and one for the configuration, if there are. */
    int vectorsFor(int queues) {
        if (vectors != VECTORS_BY_QUEUES) {
            return vectors;
        }
        // The mail states an MSI-X table for its first example only.
        boolean without =
                layouts.placement() == RegisterSetPlacement.MAIL_FAST_ISR
                        || layouts.placement() == RegisterSetPlacement.MAIL_SLOW_ISR;
        return without ? 0 : Math.min(queues + 1, MOST_VECTORS);
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

    BitSet offered() {
        return offered;
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

    int faultAt() {
        return faultAt;
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
