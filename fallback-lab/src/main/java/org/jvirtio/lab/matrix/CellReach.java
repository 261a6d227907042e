package org.jvirtio.lab.matrix;

/** Where a cell finds its function. */
public enum CellReach {
    /** A model in this process. */
    EMULATED("emulated"),
    /** A device of QEMU's, over VFIO, in a guest. */
    GUEST("guest");

    private final String label;

    CellReach(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
