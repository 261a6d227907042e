package org.jvirtio.memory;

/**
 * Keeps the fields of a subclass off the cache line of the object before it. Fields of a superclass
 * come first, so the same class behind it keeps its own distance.
 *
 * <p>128 bytes: processors fetch lines in pairs.
 */
@SuppressWarnings("unused")
public abstract class CacheLinePadding {

    private long p0;
    private long p1;
    private long p2;
    private long p3;
    private long p4;
    private long p5;
    private long p6;
    private long p7;
    private long p8;
    private long p9;
    private long p10;
    private long p11;
    private long p12;
    private long p13;
    private long p14;
    private long p15;

    /** What arrays of numbers get behind their last entry in use, for the same reason. */
    public static final int PADDING_BYTES = 128;
}
