package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jvirtio.Register;
import org.jvirtio.lab.trace.Structure.Kind;
import org.jvirtio.pci.Capability;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.MsixCapability;
import org.jvirtio.pci.MsixField;
import org.jvirtio.pci.RegisterSetCapability;
import org.jvirtio.pci.RegisterSetDword;
import org.jvirtio.pci.StructureType;
import org.jvirtio.pci.VirtioCapability;
import org.jvirtio.pci.VirtioField;

/** The structures of a configuration space: its header and its capabilities. */
final class ConfigStructures {

    private static final String PCI = "PCI Local Bus 3.0 section 6.1";

    /** Fields that every capability of virtio 1.x has. */
    private static final List<VirtioField> COMMON_FIELDS =
            List.of(
                    VirtioField.CAP_VNDR,
                    VirtioField.CAP_NEXT,
                    VirtioField.CAP_LEN,
                    VirtioField.CFG_TYPE,
                    VirtioField.BAR,
                    VirtioField.ID,
                    VirtioField.OFFSET,
                    VirtioField.LENGTH);

    private ConfigStructures() {}

    static List<Structure> of(CapabilityList capabilities) {
        List<Structure> structures = new ArrayList<>();
        structures.add(
                structure(
                        Kind.HEADER,
                        "PCI header",
                        0,
                        ConfigRegister.HEADER_LENGTH,
                        Arrays.asList(ConfigRegister.values()),
                        PCI));
        for (Capability capability : capabilities.capabilities()) {
            structures.add(
                    structure(
                            Kind.CAPABILITY,
                            capability.label() + " capability",
                            capability.configOffset(),
                            length(capability),
                            fields(capability),
                            source(capability)));
        }
        return structures;
    }

    private static Structure structure(
            Kind kind, String label, long at, long length, List<Register> fields, String source) {
        return new Structure(
                kind,
                label,
                Optional.empty(),
                FunctionHeader.CONFIG,
                at,
                length,
                0,
                fields,
                source);
    }

    /** The data of PCI_CFG belongs to it even if its length was said to be less. */
    private static long length(Capability capability) {
        int data = VirtioField.PCI_CFG_DATA.offset() + VirtioField.PCI_CFG_DATA.width();
        return isPciCfg(capability)
                ? Math.max(data, capability.bytes().length())
                : capability.bytes().length();
    }

    static boolean isPciCfg(Capability capability) {
        return capability instanceof VirtioCapability virtio && virtio.type() == StructureType.PCI;
    }

    private static List<Register> fields(Capability capability) {
        List<Register> fields = new ArrayList<>();
        if (capability instanceof VirtioCapability virtio) {
            fields.addAll(COMMON_FIELDS);
            if (virtio.type() == StructureType.NOTIFY) {
                fields.add(VirtioField.NOTIFY_OFF_MULTIPLIER);
            } else if (virtio.type() == StructureType.PCI) {
                fields.add(VirtioField.PCI_CFG_DATA);
            }
        } else if (capability instanceof MsixCapability) {
            fields.addAll(Arrays.asList(MsixField.values()));
        } else if (capability instanceof RegisterSetCapability) {
            fields.addAll(Arrays.asList(RegisterSetDword.values()));
        }
        return fields;
    }

    private static String source(Capability capability) {
        if (capability instanceof VirtioCapability virtio) {
            return virtio.type().source();
        }
        return capability instanceof RegisterSetCapability ? RegisterSetDword.LEGACY.source() : PCI;
    }
}
