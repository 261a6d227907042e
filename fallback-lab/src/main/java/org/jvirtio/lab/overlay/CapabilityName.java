package org.jvirtio.lab.overlay;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jvirtio.pci.RegisterSetDword;
import org.jvirtio.pci.StructureType;
import org.jvirtio.pci.VirtioField;

/** The capabilities that an overlay can name; of several of one kind, the first in the list. */
enum CapabilityName {
    COMMON_CFG(StructureType.COMMON.cfgType()),
    NOTIFY_CFG(StructureType.NOTIFY.cfgType()),
    ISR_CFG(StructureType.ISR.cfgType()),
    DEVICE_CFG(StructureType.DEVICE.cfgType()),
    PCI_CFG(StructureType.PCI.cfgType()),
    /** The one of the mail of 2011, with the byte that we decided on. */
    REGISTER_SET(0x81),
    MSIX(-1);

    /** Bytes of the longest capability that functions have, PCI Express. */
    static final int LONGEST = 60;

    /** PCI Code and ID Assignment section 2. */
    private static final int VENDOR_ID = 0x09;

    private static final int MSIX_ID = 0x11;

    /** PCI Local Bus 3.0 section 6.8.2. */
    private static final int MSIX_BYTES = 12;

    private static final int LENGTH = 2;
    private static final int TYPE = 3;

    private final int type;

    CapabilityName(int type) {
        this.type = type;
    }

    List<Field> fields() {
        return switch (this) {
            case REGISTER_SET -> Field.of(RegisterSetDword.values());
            case MSIX -> List.of();
            default -> Field.of(VirtioField.values());
        };
    }

    /** True if one of this kind starts at {@code offset} of those bytes. */
    boolean isAt(IntUnaryOperator bytes, int offset) {
        int id = bytes.applyAsInt(offset);
        return this == MSIX
                ? id == MSIX_ID
                : id == VENDOR_ID && bytes.applyAsInt(offset + TYPE) == type;
    }

    /** Bytes of the one at {@code offset}. */
    int length(IntUnaryOperator bytes, int offset) {
        return this == MSIX ? MSIX_BYTES : bytes.applyAsInt(offset + LENGTH);
    }
}
