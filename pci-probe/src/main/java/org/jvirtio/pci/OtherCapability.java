package org.jvirtio.pci;

/** A capability that this package does not decode; drivers ignore it. */
public record OtherCapability(CapabilityBytes bytes, String label) implements Capability {

    private static final String RESERVED = "reserved cfg_type ";

    /** A virtio capability of a type that virtio 1.4 section 4.1.4 does not define. */
    static OtherCapability reserved(CapabilityBytes bytes, int cfgType) {
        return new OtherCapability(bytes, RESERVED + "0x" + Hex.digits2(cfgType));
    }

    /** True of {@link #reserved}. */
    boolean isReserved() {
        return label.startsWith(RESERVED);
    }
}
