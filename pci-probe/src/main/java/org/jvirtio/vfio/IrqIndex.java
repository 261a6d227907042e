package org.jvirtio.vfio;

/**
 * The kinds of interrupt of a PCI function ({@code linux/vfio.h}, {@code VFIO_PCI_*_IRQ_INDEX}).
 */
public enum IrqIndex {
    INTX(0),
    MSIX(2),
    /** Not the function's own: the kernel asks for the function to be given back. */
    REQUEST(4);

    private final int number;

    IrqIndex(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
