package org.jvirtio.model;

import java.util.BitSet;

/**
 * MSI-X table and pending bits of one function (PCI Local Bus 3.0 section 6.8.2): 16 bytes per
 * vector, of which bit 0 of the last dword masks it.
 *
 * <pre>
 *   | address low 0 | address high 4 | data 8 | vector control 12 |
 * </pre>
 */
final class MsixTable {

    static final int ENTRY = 16;

    private static final int DWORDS = 4;
    private static final int CONTROL = 3;
    private static final int MASKED = 1;

    private final int vectors;
    private final int[] words;
    private final BitSet pending = new BitSet();
    private final Delivery delivery;

    /** Takes the messages that the table lets through. */
    interface Delivery {

        /** True while the function may send: enabled, not masked as a whole, bus master. */
        boolean open();

        void deliver(int vector);
    }

    MsixTable(int vectors, Delivery delivery) {
        this.vectors = vectors;
        this.delivery = delivery;
        this.words = new int[vectors * DWORDS];
        maskAll();
    }

    int vectors() {
        return vectors;
    }

    void maskAll() {
        for (int vector = 0; vector < vectors; vector++) {
            mask(vector, true);
        }
        withdraw();
    }

    /** Forgets what is held back. */
    void withdraw() {
        pending.clear();
    }

    void mask(int vector, boolean masked) {
        words[vector * DWORDS + CONTROL] = masked ? MASKED : 0;
    }

    /** Sends the message of a vector, now or when it is unmasked. */
    void raise(int vector) {
        pending.set(vector);
        deliverPending();
    }

    /** Sends what was held back and is no longer masked. */
    void deliverPending() {
        if (!delivery.open()) {
            return;
        }
        for (int v = pending.nextSetBit(0); v >= 0; v = pending.nextSetBit(v + 1)) {
            if ((words[v * DWORDS + CONTROL] & MASKED) == 0) {
                pending.clear(v);
                delivery.deliver(v);
            }
        }
    }

    RegisterBank table() {
        return new RegisterBank() {
            @Override
            public int read(int offset, int width) {
                return width == 4 ? words[offset / 4] : 0;
            }

            @Override
            public void write(int offset, int width, int value) {
                if (width == 4) {
                    words[offset / 4] = value;
                    deliverPending();
                }
            }
        };
    }

    RegisterBank pendingBits() {
        return new RegisterBank() {
            @Override
            public int read(int offset, int width) {
                return width == 4 ? FeatureBits.word(pending, offset / 4) : 0;
            }

            @Override
            public void write(int offset, int width, int value) {
                // Read-only.
            }
        };
    }
}
