package org.jvirtio.lab.matrix;

/** Where a cell finds its function. */
public enum CellReach {
    /** A model in this process. */
    EMULATED("emulated", false),
    /** A model behind a socket, over vfio-user. */
    VFIO_USER("vfio-user", false),
    /** A device of QEMU's, over VFIO, in a guest. */
    GUEST("guest", true),
    /** A device of a QEMU without a guest, over its qtest socket. */
    QTEST("qtest", true);

    private final String label;
    private final boolean ofQemu;

    CellReach(String label, boolean ofQemu) {
        this.label = label;
        this.ofQemu = ofQemu;
    }

    public String label() {
        return label;
    }

    /** True if the devices are QEMU's, which makes fewer layouts than the models show. */
    boolean isOfQemu() {
        return ofQemu;
    }
}
