package org.jvirtio.model;

/**
 * The PCI_CFG capability (virtio 1.4 section 4.1.4.9): registers in BARs through configuration
 * space, for whoever cannot map a BAR.
 *
 * <pre>
 *   | id 0 | next 1 | len 2 | type 3 | bar 4 | ... | offset 8 | length 12 | data 16 |
 * </pre>
 */
final class PciCfgWindow {

    private static final int BAR = 4;
    private static final int OFFSET = 8;
    private static final int LENGTH = 12;
    private static final int DATA = 16;
    private static final int DATA_BYTES = 4;

    private final ConfigSpace config;
    private final int capability;
    private final ModelFunction function;

    PciCfgWindow(ConfigSpace config, int capability, ModelFunction function) {
        this.config = config;
        this.capability = capability;
        this.function = function;
        config.allow(capability + BAR, 1, 0xff);
        config.allow(capability + OFFSET, 4, -1);
        config.allow(capability + LENGTH, 4, -1);
        config.allow(capability + DATA, DATA_BYTES, -1);
    }

    boolean isData(int offset) {
        return offset >= capability + DATA && offset < capability + DATA + DATA_BYTES;
    }

    /**
     * Fetches the register, so that the read of the data finds it. The register is accessed with
     * the length that the capability names, whatever the width of the access to the data is.
     */
    void beforeRead(int offset, int width) {
        if (isUsable(offset, width)) {
            int value = function.decodedBars().readDecoded(bar(), position(), length());
            config.set(capability + DATA, length(), value);
        }
    }

    /** Passes what was written to the data on to the register: the first bytes of it. */
    void afterWrite(int offset, int width) {
        if (isUsable(offset, width)) {
            int value = config.get(capability + DATA, length());
            function.decodedBars().writeDecoded(bar(), position(), length(), value);
        }
    }

    private int length() {
        return config.get(capability + LENGTH, 4);
    }

    private boolean isUsable(int offset, int width) {
        int length = length();
        boolean usable =
                offset == capability + DATA
                        && (length == 1 || length == 2 || length == 4)
                        && position() % length == 0
                        && function.decodedBars().hasStructure(bar(), position(), length);
        if (!usable) {
            function.complaints()
                    .add(
                            String.format(
                                    "PCI_CFG access of %d bytes with BAR %d, offset 0x%x, length"
                                            + " %d: not an aligned register of another virtio"
                                            + " structure (section 4.1.4.9.1)",
                                    width, bar(), position(), length));
        }
        return usable;
    }

    private int bar() {
        return config.get(capability + BAR, 1);
    }

    private long position() {
        return Integer.toUnsignedLong(config.get(capability + OFFSET, 4));
    }
}
