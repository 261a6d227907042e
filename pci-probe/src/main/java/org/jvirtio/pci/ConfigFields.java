package org.jvirtio.pci;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jvirtio.Register;

/**
 * Every field of a configuration space that has a name, with its value in words: of the header, and
 * of each capability. Made of copies; nothing is read again.
 */
public final class ConfigFields {

    private final ConfigSnapshot bytes;
    private final List<ConfigField> fields = new ArrayList<>();

    private ConfigFields(ConfigSnapshot bytes) {
        this.bytes = bytes;
    }

    /** The fields of the header. */
    public static List<ConfigField> ofHeader(ConfigSnapshot bytes, List<Bar> bars) {
        ConfigFields all = new ConfigFields(bytes);
        HeaderMeaning meaning = new HeaderMeaning(bytes, bars);
        for (ConfigRegister register : ConfigRegister.values()) {
            all.add(0, register, meaning.of(register));
        }
        return all.fields;
    }

    /** The fields of a capability, as many as it is long. */
    public static List<ConfigField> of(Capability capability, ConfigSnapshot bytes) {
        ConfigFields all = new ConfigFields(bytes);
        for (Register register : registers(capability)) {
            if (capability.bytes().has(register) || register == VirtioField.PCI_CFG_DATA) {
                all.add(
                        capability.configOffset(),
                        register,
                        CapabilityMeaning.of(register, capability));
            }
        }
        return all.fields;
    }

    private void add(int start, Register register, String meaning) {
        int offset = start + register.offset();
        if (offset + register.width() > bytes.length()) {
            return;
        }
        boolean read = bytes.has(offset);
        fields.add(
                new ConfigField(
                        offset,
                        register,
                        read ? meaning : "not read: reading it is an access to the device"));
    }

    private static List<Register> registers(Capability capability) {
        if (capability instanceof VirtioCapability virtio) {
            return virtio(virtio.type());
        }
        List<Register> all = new ArrayList<>();
        if (capability instanceof RegisterSetCapability) {
            all.addAll(List.of(VirtioField.CAP_VNDR, VirtioField.CAP_NEXT));
            all.addAll(List.of(VirtioField.CAP_LEN, VirtioField.CFG_TYPE));
            all.addAll(Arrays.asList(RegisterSetDword.values()));
            return all;
        }
        if (capability instanceof VendorDataCapability) {
            all.addAll(List.of(VirtioField.CAP_VNDR, VirtioField.CAP_NEXT));
            all.addAll(List.of(VirtioField.CAP_LEN, VirtioField.CFG_TYPE));
            all.add(VirtioField.VENDOR_ID);
            return all;
        }
        all.addAll(List.of(CapabilityField.ID, CapabilityField.NEXT));
        all.addAll(others(capability));
        return all;
    }

    private static List<? extends Register> others(Capability capability) {
        if (capability instanceof MsixCapability) {
            return Arrays.asList(MsixField.values());
        } else if (capability instanceof PowerManagementCapability) {
            return Arrays.asList(PowerManagementField.values());
        } else if (capability instanceof PciExpressCapability) {
            return Arrays.asList(PciExpressField.values());
        } else if (capability instanceof MsiCapability msi) {
            return msi(msi);
        }
        return List.of();
    }

    private static List<Register> msi(MsiCapability msi) {
        List<Register> all = new ArrayList<>(List.of(MsiField.MESSAGE_CONTROL, MsiField.ADDRESS));
        if (msi.wide()) {
            all.addAll(List.of(MsiField.UPPER_ADDRESS, MsiField.DATA_OF_64_BIT));
        } else {
            all.add(MsiField.DATA_OF_32_BIT);
        }
        if (msi.maskable()) {
            all.add(msi.wide() ? MsiField.MASK_OF_64_BIT : MsiField.MASK_OF_32_BIT);
            all.add(msi.wide() ? MsiField.PENDING_OF_64_BIT : MsiField.PENDING_OF_32_BIT);
        }
        return all;
    }

    private static List<Register> virtio(StructureType type) {
        List<Register> all = new ArrayList<>();
        for (VirtioField field : VirtioField.values()) {
            if (owner(field).map(type::equals).orElse(field != VirtioField.VENDOR_ID)) {
                all.add(field);
            }
        }
        return all;
    }

    /** The one type that has a field; empty if all have it. */
    private static Optional<StructureType> owner(VirtioField field) {
        return switch (field) {
            case NOTIFY_OFF_MULTIPLIER -> Optional.of(StructureType.NOTIFY);
            case PCI_CFG_DATA -> Optional.of(StructureType.PCI);
            case OFFSET_HI, LENGTH_HI -> Optional.of(StructureType.SHARED_MEMORY);
            default -> Optional.empty();
        };
    }
}
