package org.jvirtio.transport;

import org.jvirtio.LayoutException;
import org.jvirtio.Registers;
import org.jvirtio.pci.Window;

/**
 * A window that is reached without its BAR, through the PCI_CFG capability in config space (virtio
 * 1.4 section 4.1.4.9). Slow, and works where a BAR cannot be mapped.
 *
 * <pre>
 *   capability   +4 BAR   +8 offset in the BAR   +12 length 1, 2 or 4   +16 data
 *   access       write BAR, offset and length; then read or write the data with that length
 * </pre>
 *
 * <p>An access is four, and every window of the function shares the one capability, so they are
 * locked: doorbells may be rung from several threads.
 */
final class PciCfgRegisters implements Registers {

    private static final long MOST_OFFSET = 0xffffffffL;

    private final Registers config;
    private final int capability;
    private final Window window;

    /**
     * Describes a window.
     *
     * @param capability where the capability starts in {@code config}
     */
    PciCfgRegisters(Registers config, int capability, Window window) {
        int end = capability + PciCfgField.DATA.offset() + PciCfgField.DATA.width();
        if (end > config.length() || window.offset() > MOST_OFFSET - (window.length() - 1)) {
            throw new LayoutException(
                    String.format(
                            "Opening %s through PCI_CFG at config offset 0x%x: the capability"
                                    + " must end before 0x%x and reaches 4 GiB of a BAR. Open the"
                                    + " BARs instead, with another policy.",
                            window, capability, config.length()));
        }
        this.config = config;
        this.capability = capability;
        this.window = window;
    }

    @Override
    public long length() {
        return window.length();
    }

    @Override
    public int read8(int offset) {
        synchronized (config) {
            return config.read8(aim(offset, 1));
        }
    }

    @Override
    public int read16(int offset) {
        synchronized (config) {
            return config.read16(aim(offset, 2));
        }
    }

    @Override
    public int read32(int offset) {
        synchronized (config) {
            return config.read32(aim(offset, 4));
        }
    }

    @Override
    public void write8(int offset, int value) {
        synchronized (config) {
            config.write8(aim(offset, 1), value);
        }
    }

    @Override
    public void write16(int offset, int value) {
        synchronized (config) {
            config.write16(aim(offset, 2), value);
        }
    }

    @Override
    public void write32(int offset, int value) {
        synchronized (config) {
            config.write32(aim(offset, 4), value);
        }
    }

    /** Points the capability at a register; returns where its data is. */
    private int aim(int offset, int length) {
        if (offset < 0 || offset > window.length() - length) {
            throw new IndexOutOfBoundsException(
                    String.format("%d bytes at 0x%x of %s", length, offset, window));
        }
        long inBar = window.offset() + offset;
        if (inBar % length != 0) {
            throw new IllegalArgumentException(
                    String.format(
                            "%d bytes at BAR offset 0x%x: not a multiple of the length",
                            length, inBar));
        }
        config.write8(at(PciCfgField.BAR), window.bar().index());
        config.write32(at(PciCfgField.OFFSET), (int) inBar);
        config.write32(at(PciCfgField.LENGTH), length);
        return at(PciCfgField.DATA);
    }

    private int at(PciCfgField field) {
        return capability + field.offset();
    }
}
