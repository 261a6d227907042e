package org.jvirtio.pci;

import org.jvirtio.Register;

/**
 * The header of a PCI function's configuration space, type 0 (PCI Local Bus 3.0 section 6.1),
 * little-endian.
 */
public enum ConfigRegister implements Register {
    VENDOR_ID(0x00, 2),
    DEVICE_ID(0x02, 2),
    /** {@link CommandBit}s. */
    COMMAND(0x04, 2),
    /** {@link StatusBit}s. */
    STATUS(0x06, 2),
    REVISION_ID(0x08, 1),
    PROGRAMMING_INTERFACE(0x09, 1),
    /** Subclass in the low byte, base class in the high one. */
    CLASS_CODE(0x0a, 2),
    CACHE_LINE_SIZE(0x0c, 1),
    LATENCY_TIMER(0x0d, 1),
    /** Bits 6 to 0: which header this is; bit 7: the device has several functions. */
    HEADER_TYPE(0x0e, 1),
    BIST(0x0f, 1),
    BAR0(0x10, 4),
    BAR1(0x14, 4),
    BAR2(0x18, 4),
    BAR3(0x1c, 4),
    BAR4(0x20, 4),
    BAR5(0x24, 4),
    SUBSYSTEM_VENDOR_ID(0x2c, 2),
    SUBSYSTEM_ID(0x2e, 2),
    EXPANSION_ROM(0x30, 4),
    CAPABILITIES_POINTER(0x34, 1),
    INTERRUPT_LINE(0x3c, 1),
    /** 0: none; 1 to 4: INTA to INTD. */
    INTERRUPT_PIN(0x3d, 1),
    MIN_GRANT(0x3e, 1),
    MAX_LATENCY(0x3f, 1);

    /** Bytes of the header, which anybody may read; the rest can take a privilege. */
    public static final int HEADER_LENGTH = 64;

    private static final ConfigRegister[] BARS = {BAR0, BAR1, BAR2, BAR3, BAR4, BAR5};

    private final int offset;
    private final int width;

    ConfigRegister(int offset, int width) {
        this.offset = offset;
        this.width = width;
    }

    /** The register of BAR {@code index}, 0 to 5. */
    public static ConfigRegister bar(int index) {
        return BARS[index];
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public String source() {
        return "PCI Local Bus 3.0 section 6.1";
    }
}
