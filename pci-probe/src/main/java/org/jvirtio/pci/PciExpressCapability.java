package org.jvirtio.pci;

import org.jvirtio.Register;

/** PCI Express (PCI Express 3.0 section 7.8): port type, device and link. */
public record PciExpressCapability(CapabilityBytes bytes) implements Capability {

    private static final int LENGTH_OF_VERSION_1 = 0x14;
    private static final int LENGTH_OF_VERSION_2 = 0x3c;

    private static final int ROOT_COMPLEX_INTEGRATED_ENDPOINT = 9;
    private static final int ROOT_COMPLEX_EVENT_COLLECTOR = 10;

    @Override
    public String label() {
        return CapabilityId.PCI_EXPRESS.label();
    }

    /** Bytes of the capability with this first register. */
    static int length(int capabilities) {
        return (capabilities & 0xf) < 2 ? LENGTH_OF_VERSION_1 : LENGTH_OF_VERSION_2;
    }

    public int version() {
        return bytes.read(PciExpressField.CAPABILITIES) & 0xf;
    }

    /** 0 endpoint, 1 legacy endpoint, 4 root port, 9 integrated endpoint, ... */
    public int portType() {
        return bytes.read(PciExpressField.CAPABILITIES) >>> 4 & 0xf;
    }

    public int interruptMessage() {
        return bytes.read(PciExpressField.CAPABILITIES) >>> 9 & 0x1f;
    }

    /** False for what is part of the root complex: it has no link of its own. */
    public boolean hasLink() {
        return portType() != ROOT_COMPLEX_INTEGRATED_ENDPOINT
                && portType() != ROOT_COMPLEX_EVENT_COLLECTOR;
    }

    /** One of its registers, named by {@link PciExpressField}. */
    int read(Register field) {
        return bytes.read(field);
    }
}
