package org.jvirtio.pci;

/** The layouts that are candidates of a choice. */
public enum LayoutKind {
    LEGACY("legacy"),
    REGISTER_SET("register-set"),
    VIRTIO1("virtio1"),
    /** The registers of virtio1, reached through the configuration space (section 4.1.4.9). */
    VIRTIO1_THROUGH_PCI_CFG("virtio1 through PCI_CFG");

    private final String label;

    LayoutKind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
