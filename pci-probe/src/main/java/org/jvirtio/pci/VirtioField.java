package org.jvirtio.pci;

import org.jvirtio.Register;

/**
 * Fields of the virtio capabilities (virtio 1.4 section 4.1.4), little-endian.
 *
 * <pre>
 *   +0 cap_vndr 09   +1 cap_next   +2 cap_len   +3 cfg_type
 *   +4 bar           +5 id         +6 padding
 *   +8 offset        +12 length
 *   +16 by cfg_type: notify_off_multiplier | pci_cfg_data | offset_hi, length_hi
 * </pre>
 */
public enum VirtioField implements Register {
    CAP_VNDR(0, 1, "4.1.4"),
    CAP_NEXT(1, 1, "4.1.4"),
    /** The whole capability: header, extra data and padding. */
    CAP_LEN(2, 1, "4.1.4"),
    CFG_TYPE(3, 1, "4.1.4"),
    BAR(4, 1, "4.1.4"),
    ID(5, 1, "4.1.4"),
    OFFSET(8, 4, "4.1.4"),
    LENGTH(12, 4, "4.1.4"),
    NOTIFY_OFF_MULTIPLIER(16, 4, "4.1.4.4"),
    /** Reading or writing it is an access to the device. */
    PCI_CFG_DATA(16, 4, "4.1.4.9"),
    OFFSET_HI(16, 4, "4.1.4.7"),
    LENGTH_HI(20, 4, "4.1.4.7"),
    /** In a vendor data capability, in place of bar and id. */
    VENDOR_ID(4, 2, "4.1.4.8");

    private final int offset;
    private final int width;
    private final String section;

    VirtioField(int offset, int width, String section) {
        this.offset = offset;
        this.width = width;
        this.section = section;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public String source() {
        return "virtio 1.4 section " + section;
    }
}
