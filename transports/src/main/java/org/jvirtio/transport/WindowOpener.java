package org.jvirtio.transport;

import java.util.Optional;
import org.jvirtio.LayoutException;
import org.jvirtio.Registers;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Window;

/**
 * Opens the windows of one layout, through the BARs or through the PCI_CFG capability, and no more
 * of each than is used.
 */
final class WindowOpener {

    /** No device type of virtio 1.4 has more configuration than this. */
    private static final long MOST_CONFIG = 4096;

    private final PciFunction function;
    private final Optional<Integer> pciCfg;

    /**
     * Describes how to open windows.
     *
     * @param pciCfg config-space offset of the PCI_CFG capability; empty to open the BARs
     */
    WindowOpener(PciFunction function, Optional<Integer> pciCfg) {
        this.function = function;
        this.pciCfg = pciCfg;
    }

    WindowOpener(PciFunction function) {
        this(function, Optional.empty());
    }

    /**
     * Opens the first bytes of a window.
     *
     * @param least bytes without which the structure is of no use
     * @param most bytes that are ever used
     */
    Registers open(String structure, Window window, long least, long most) {
        if (window.length() < least) {
            throw new LayoutException(
                    String.format(
                            "Opening the %s of %s: %s is too short, 0x%x bytes are needed. Choose"
                                    + " another layout, or repair the device model.",
                            structure, function.name(), window, least));
        }
        return open(new Window(window.bar(), window.offset(), Math.min(window.length(), most)));
    }

    /** Opens the device configuration, as far as any device type defines fields. */
    Registers openConfig(Optional<Window> window) {
        return window.isPresent()
                ? open("device configuration", window.get(), 1, MOST_CONFIG)
                : new NoRegisters();
    }

    /** Opens one byte and no more: others may lie around it that belong to another layout. */
    Isr openIsr(Window window, StatusRegister status) {
        int length = SingleRegister.ISR_STATUS.width();
        return new Isr(open("ISR", window, length, length), SingleRegister.ISR_STATUS, status);
    }

    Registers open(Window window) {
        if (pciCfg.isPresent()) {
            return new PciCfgRegisters(function.config(), pciCfg.get(), window);
        }
        return function.open(window);
    }
}
