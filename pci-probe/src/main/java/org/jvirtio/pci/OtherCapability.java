package org.jvirtio.pci;

/** A capability that this package does not decode; drivers ignore it. */
public record OtherCapability(CapabilityBytes bytes, String label, boolean isReserved)
        implements Capability {

    OtherCapability(CapabilityBytes bytes, String label) {
        this(bytes, label, false);
    }

    /** A virtio capability of a type that virtio 1.4 section 4.1.4 does not define. */
    static OtherCapability reserved(CapabilityBytes bytes, int cfgType) {
        return new OtherCapability(bytes, "reserved cfg_type 0x" + Hex.digits2(cfgType), true);
    }
}
