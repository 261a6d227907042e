package org.jvirtio.pci;

import java.util.Optional;
import org.jvirtio.Registers;

/** Turns the bytes at one place of the configuration space into a {@link Capability}. */
final class CapabilityParser {

    private final Registers config;
    private final int limit;
    private final boolean virtio;

    /**
     * Prepares to parse.
     *
     * @param limit end of the readable part of the capability area
     * @param virtio whether vendor capabilities are those of virtio
     */
    CapabilityParser(Registers config, int limit, boolean virtio) {
        this.config = config;
        this.limit = limit;
        this.virtio = virtio;
    }

    Capability parse(int offset) {
        CapabilityHead head = CapabilityHead.read(config, offset);
        int id = head.read(CapabilityField.ID);
        CapabilityId known = CapabilityId.of(id);
        if (known == null) {
            return new OtherCapability(
                    copy(head, CapabilityHead.LENGTH), "capability id 0x" + Hex.digits2(id));
        }
        return known == CapabilityId.VENDOR ? vendor(head) : standard(head, known);
    }

    /** A capability whose length follows from its kind. */
    private Capability standard(CapabilityHead head, CapabilityId id) {
        int length = standardLength(head, id);
        if (length > limit - head.configOffset()) {
            return pastEnd(head, id.label(), length);
        }
        CapabilityBytes bytes = copy(head, length);
        return switch (id) {
            case MSIX -> new MsixCapability(bytes);
            case MSI -> new MsiCapability(bytes);
            case POWER_MANAGEMENT -> new PowerManagementCapability(bytes);
            case PCI_EXPRESS -> new PciExpressCapability(bytes);
            case VENDOR -> throw new IllegalArgumentException("a vendor capability has cap_len");
        };
    }

    private static int standardLength(CapabilityHead head, CapabilityId id) {
        return switch (id) {
            case MSIX -> MsixCapability.LENGTH;
            case MSI -> MsiCapability.length(head.read(MsiField.MESSAGE_CONTROL));
            case POWER_MANAGEMENT -> PowerManagementCapability.LENGTH;
            case PCI_EXPRESS ->
                    PciExpressCapability.length(head.read(PciExpressField.CAPABILITIES));
            case VENDOR -> CapabilityHead.LENGTH;
        };
    }

    private Capability vendor(CapabilityHead head) {
        int length = head.read(VirtioField.CAP_LEN);
        if (!virtio || length < CapabilityHead.LENGTH) {
            return new OtherCapability(copy(head, CapabilityHead.LENGTH), "vendor");
        }
        int cfgType = head.read(VirtioField.CFG_TYPE);
        Optional<StructureType> type = StructureType.of(cfgType);
        if (type.isPresent()) {
            return structure(head, type.get(), length);
        }
        return switch (cfgType) {
            case VendorDataCapability.CFG_TYPE -> vendorData(head, length);
            case RegisterSetRules.CFG_TYPE -> registerSet(head, length);
            default -> OtherCapability.reserved(copy(head, CapabilityHead.LENGTH), cfgType);
        };
    }

    private Capability structure(CapabilityHead head, StructureType type, int capLen) {
        if (capLen > limit - head.configOffset()) {
            return pastEnd(head, type.label(), capLen);
        }
        if (capLen < type.leastCapLen()) {
            return tooShort(head, type.label(), capLen, type.leastCapLen());
        }
        // The data of PCI_CFG stays unread: reading it reads a register of the device.
        int wanted = type == StructureType.PCI ? type.leastCapLen() : capLen;
        return new VirtioCapability(copy(head, wanted), type);
    }

    private Capability vendorData(CapabilityHead head, int capLen) {
        if (capLen > limit - head.configOffset()) {
            return pastEnd(head, "VENDOR_CFG", capLen);
        }
        if (capLen < VendorDataCapability.LEAST_CAP_LEN) {
            return tooShort(head, "VENDOR_CFG", capLen, VendorDataCapability.LEAST_CAP_LEN);
        }
        return new VendorDataCapability(copy(head, capLen));
    }

    private Capability registerSet(CapabilityHead head, int capLen) {
        if (capLen > limit - head.configOffset()) {
            return pastEnd(head, RegisterSetCapability.LABEL, capLen);
        }
        if (capLen < RegisterSetRules.LEAST_CAP_LEN) {
            return tooShort(
                    head, RegisterSetCapability.LABEL, capLen, RegisterSetRules.LEAST_CAP_LEN);
        }
        if (capLen % 4 != 0) {
            return new MalformedCapability(
                    copy(head, CapabilityHead.LENGTH),
                    RegisterSetCapability.LABEL,
                    false,
                    "cap_len is " + capLen + ", which is not a multiple of 4");
        }
        return new RegisterSetCapability(copy(head, capLen));
    }

    private CapabilityBytes copy(CapabilityHead head, int length) {
        return CapabilityBytes.after(head, config, length);
    }

    private MalformedCapability pastEnd(CapabilityHead head, String claim, int length) {
        return new MalformedCapability(
                copy(head, CapabilityHead.LENGTH),
                claim,
                true,
                "its "
                        + length
                        + " bytes run past the end, byte 0x"
                        + Hex.digits2(limit - 1)
                        + ", of what can be read");
    }

    private MalformedCapability tooShort(CapabilityHead head, String claim, int capLen, int least) {
        return new MalformedCapability(
                copy(head, CapabilityHead.LENGTH),
                claim,
                false,
                "cap_len is " + capLen + ", the structure has " + least + " bytes");
    }
}
