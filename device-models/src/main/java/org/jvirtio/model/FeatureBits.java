package org.jvirtio.model;

import java.util.BitSet;

/**
 * Feature bits behind a window of 32, as a select register shows them (virtio 1.4 section
 * 4.1.4.3.1).
 */
final class FeatureBits {

    private static final int WINDOW = 32;

    /** Window 2 holds bits 64 to 95 and is the last one with a meaning (section 2.2). */
    private static final int WINDOWS = 4;

    private FeatureBits() {}

    static BitSet of(int... bits) {
        BitSet set = new BitSet();
        for (int bit : bits) {
            set.set(bit);
        }
        return set;
    }

    /** Bits {@code 32 * select} and up; a window that does not exist reads zero. */
    static int window(BitSet set, int select) {
        return select < 0 || select >= WINDOWS ? 0 : word(set, select);
    }

    /** Bits {@code 32 * index} and up, bit 0 of the word first. */
    static int word(BitSet set, int index) {
        int word = 0;
        for (int i = 0; i < WINDOW; i++) {
            if (set.get(index * WINDOW + i)) {
                word |= 1 << i;
            }
        }
        return word;
    }

    /** Replaces one window; one that does not exist takes nothing. */
    static void setWindow(BitSet set, int select, int word) {
        if (select < 0 || select >= WINDOWS) {
            return;
        }
        for (int i = 0; i < WINDOW; i++) {
            set.set(select * WINDOW + i, ((word >>> i) & 1) != 0);
        }
    }

    static BitSet minus(BitSet set, BitSet other) {
        BitSet rest = (BitSet) set.clone();
        rest.andNot(other);
        return rest;
    }

    static BitSet and(BitSet set, BitSet other) {
        BitSet both = (BitSet) set.clone();
        both.and(other);
        return both;
    }
}
