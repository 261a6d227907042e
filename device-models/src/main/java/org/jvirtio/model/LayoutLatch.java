package org.jvirtio.model;

import java.util.EnumSet;
import java.util.Set;

/**
 * Keeps the layouts exclusive: "if you use this, don't use BAR0" (mail of 2011). The first write to
 * a layout's registers latches it until the device is reset; the others then read zero and ignore
 * writes, except that a reset works through each of them (reference A.3, decision 8).
 */
final class LayoutLatch {

    private LayoutKind latched;
    private final Set<LayoutKind> touched = EnumSet.noneOf(LayoutKind.class);

    void release() {
        latched = null;
    }

    boolean isLegacy() {
        return latched == LayoutKind.LEGACY;
    }

    boolean admits(LayoutKind kind) {
        return latched == null || latched == kind;
    }

    /** Takes {@code kind} into use; false if another one is. */
    boolean latch(LayoutKind kind) {
        if (latched == null) {
            latched = kind;
        }
        return latched == kind;
    }

    void touch(LayoutKind kind) {
        touched.add(kind);
    }

    /** The layouts whose registers were read or written since the function was made. */
    Set<LayoutKind> touched() {
        return Set.copyOf(touched);
    }

    /**
     * The ISR byte where legacy and the register sets share it: reading it never latches, and works
     * through whichever of the two is in use (reference A.3, decision 6).
     */
    RegisterBank guardShared(RegisterBank bank) {
        return new RegisterBank() {
            @Override
            public int read(int offset, int width) {
                touch(isLegacy() ? LayoutKind.LEGACY : LayoutKind.REGISTER_SET);
                return latched == LayoutKind.VIRTIO1 ? 0 : bank.read(offset, width);
            }

            @Override
            public void write(int offset, int width, int value) {
                bank.write(offset, width, value);
            }
        };
    }

    /** {@code bank} as a part of the layout {@code kind}. */
    RegisterBank guard(LayoutKind kind, RegisterBank bank) {
        return new RegisterBank() {
            @Override
            public int read(int offset, int width) {
                touch(kind);
                return admits(kind) ? bank.read(offset, width) : 0;
            }

            @Override
            public void write(int offset, int width, int value) {
                touch(kind);
                // A reset latches nothing: whoever probes starts with one.
                if (bank.resets(offset, width, value) || latch(kind)) {
                    bank.write(offset, width, value);
                }
            }
        };
    }
}
