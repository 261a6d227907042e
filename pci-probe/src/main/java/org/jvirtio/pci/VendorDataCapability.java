package org.jvirtio.pci;

/**
 * Data of a vendor, for reports only (virtio 1.4 section 4.1.4.8).
 *
 * <pre>
 *   +0 09   +1 next   +2 cap_len   +3 cfg_type 9
 *   +4 vendor_id   +6 the vendor's data
 * </pre>
 */
public record VendorDataCapability(CapabilityBytes bytes) implements Capability {

    static final int CFG_TYPE = 9;

    /** Header and vendor_id. */
    static final int LEAST_CAP_LEN = 6;

    @Override
    public String label() {
        return "VENDOR_CFG";
    }

    /** Whose data it is; never 0x1af4. */
    public int vendorId() {
        return bytes.read(VirtioField.VENDOR_ID);
    }
}
