package org.jvirtio.lab.peers;

import org.jvirtio.pci.ConfigSnapshot;

/**
 * A vendor capability, read as a virtio one whatever it says of its own length: most drivers never
 * look at cap_len.
 *
 * @param at where it starts in configuration space
 * @param offset 32 bits, unsigned
 * @param length 32 bits, unsigned
 * @param multiplier of a notification structure: notify_off_multiplier
 */
record VendorCapability(
        int at, int capLen, int cfgType, int bar, long offset, long length, long multiplier) {

    static final int COMMON = 1;
    static final int NOTIFY = 2;
    static final int ISR = 3;
    static final int DEVICE = 4;
    static final int PCI = 5;

    /** Bytes of the common structure up to queue_device. */
    static final int COMMON_BYTES = 56;

    private static final long SUM_WRAPS = 1L << 32;

    static VendorCapability read(ConfigSnapshot bytes, int at) {
        int cfgType = bytes.read8(at + 3);
        return new VendorCapability(
                at,
                bytes.read8(at + 2),
                cfgType,
                bytes.read8(at + 4),
                bytes.read32(at + 8),
                bytes.read32(at + 12),
                cfgType == NOTIFY ? bytes.read32(at + 16) : 0);
    }

    static String name(int cfgType) {
        return switch (cfgType) {
            case COMMON -> "COMMON_CFG";
            case NOTIFY -> "NOTIFY_CFG";
            case ISR -> "ISR_CFG";
            case DEVICE -> "DEVICE_CFG";
            default -> "cfg_type " + cfgType;
        };
    }

    /** Whether offset and length do not fit into 32 bits together. */
    boolean wraps() {
        return offset + length >= SUM_WRAPS;
    }

    /** {@code BAR4+0x1000}. */
    String place() {
        return String.format("BAR%d+0x%x", bar, offset);
    }

    /** {@code COMMON_CFG at 0x40: BAR4+0x0, 0x38 bytes}. */
    @Override
    public String toString() {
        return String.format("%s at 0x%02x: %s, 0x%x bytes", name(cfgType), at, place(), length);
    }
}
