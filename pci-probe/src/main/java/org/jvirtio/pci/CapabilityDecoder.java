package org.jvirtio.pci;

import static org.jvirtio.pci.DecodedField.equal;
import static org.jvirtio.pci.DecodedField.flag;
import static org.jvirtio.pci.DecodedField.hex;
import static org.jvirtio.pci.DecodedField.plain;

import java.util.ArrayList;
import java.util.List;

/** Puts one capability into words, those of lspci where it has any. */
final class CapabilityDecoder {

    private static final String VENDOR = "Vendor Specific Information: ";

    private CapabilityDecoder() {}

    static DecodedCapability decode(Capability capability) {
        if (capability instanceof VirtioCapability virtio) {
            return virtio(virtio);
        } else if (capability instanceof VendorDataCapability data) {
            return vendorData(data);
        } else if (capability instanceof RegisterSetCapability sets) {
            return registerSets(sets);
        } else if (capability instanceof MsixCapability msix) {
            return msix(msix);
        } else if (capability instanceof MsiCapability msi) {
            return msi(msi);
        } else if (capability instanceof PowerManagementCapability power) {
            return PowerManagementDecoder.decode(power);
        } else if (capability instanceof PciExpressCapability express) {
            return PciExpressDecoder.decode(express);
        } else if (capability instanceof MalformedCapability malformed) {
            return malformed(malformed);
        }
        return DecodedCapability.of(
                capability,
                isVendor(capability) ? VENDOR + length(capability) : capability.label(),
                bytes(capability));
    }

    private static DecodedCapability virtio(VirtioCapability capability) {
        boolean wide = capability.type() == StructureType.SHARED_MEMORY;
        int digits = wide ? 16 : 8;
        List<DecodedField> fields = new ArrayList<>();
        fields.add(equal("BAR", capability.bar()));
        fields.add(hex("offset", digits, capability.offset()));
        fields.add(hex("size", digits, capability.length()));
        if (wide) {
            fields.add(equal("id", capability.instance()));
        }
        if (capability.type() == StructureType.NOTIFY) {
            fields.add(hex("multiplier", 8, capability.notifyOffMultiplier()));
        }
        return new DecodedCapability(
                capability.configOffset(),
                VENDOR + "VirtIO: " + name(capability.type()),
                List.of(new DecodedLine("", fields)));
    }

    /** As lspci calls them; it does not know PCI_CFG. */
    private static String name(StructureType type) {
        return switch (type) {
            case COMMON -> "CommonCfg";
            case NOTIFY -> "Notify";
            case ISR -> "ISR";
            case DEVICE -> "DeviceCfg";
            case PCI -> "PciCfg";
            case SHARED_MEMORY -> "SharedMemory";
        };
    }

    private static DecodedCapability vendorData(VendorDataCapability capability) {
        return DecodedCapability.of(
                capability,
                VENDOR + "VirtIO: VendorData",
                DecodedLine.of("", hex("vendor", 4, capability.vendorId())),
                bytes(capability));
    }

    private static DecodedCapability registerSets(RegisterSetCapability capability) {
        List<DecodedLine> lines = new ArrayList<>();
        for (RegisterSetDword set : RegisterSetDword.values()) {
            if (capability.bytes().has(set)) {
                lines.add(DecodedLine.of(set.label(), plain("dword", capability.location(set))));
            }
        }
        return new DecodedCapability(
                capability.configOffset(), VENDOR + "VirtIO: RegisterSets (mail of 2011)", lines);
    }

    private static DecodedCapability msix(MsixCapability capability) {
        return DecodedCapability.of(
                capability,
                String.join(
                        " ",
                        "MSI-X:",
                        flag("Enable", capability.enabled()).text(),
                        equal("Count", capability.entries()).text(),
                        flag("Masked", capability.functionMasked()).text()),
                DecodedLine.of(
                        "Vector table",
                        equal("BAR", capability.tableBar()),
                        hex("offset", 8, capability.tableOffset())),
                DecodedLine.of(
                        "PBA",
                        equal("BAR", capability.pendingBar()),
                        hex("offset", 8, capability.pendingOffset())));
    }

    private static DecodedCapability msi(MsiCapability capability) {
        List<DecodedLine> lines = new ArrayList<>();
        lines.add(
                DecodedLine.of(
                        "Address",
                        plain(
                                "address",
                                String.format(
                                        capability.wide() ? "%016x" : "%08x",
                                        capability.address())),
                        new DecodedField(
                                "data",
                                String.format("%04x", capability.data()),
                                String.format(" Data: %04x", capability.data()))));
        if (capability.maskable()) {
            lines.add(
                    DecodedLine.of(
                            "Masking",
                            plain("masking", String.format("%08x", capability.mask())),
                            new DecodedField(
                                    "pending",
                                    String.format("%08x", capability.pending()),
                                    String.format(" Pending: %08x", capability.pending()))));
        }
        String title =
                String.join(
                        " ",
                        "MSI:",
                        flag("Enable", capability.enabled()).text(),
                        equal("Count", capability.granted() + "/" + capability.wanted()).text(),
                        flag("Maskable", capability.maskable()).text(),
                        flag("64bit", capability.wide()).text());
        return new DecodedCapability(capability.configOffset(), title, lines);
    }

    private static DecodedCapability malformed(MalformedCapability capability) {
        return DecodedCapability.of(
                capability,
                isVendor(capability) ? VENDOR + length(capability) : capability.label(),
                DecodedLine.of("Malformed", plain("claims", "claims to be " + capability.label())),
                DecodedLine.of("Reason", plain("reason", capability.reason())));
    }

    private static boolean isVendor(Capability capability) {
        return CapabilityId.of(capability.id()) == CapabilityId.VENDOR;
    }

    private static String length(Capability capability) {
        return String.format("Len=%02x <?>", capability.bytes().read(VirtioField.CAP_LEN));
    }

    private static DecodedLine bytes(Capability capability) {
        return DecodedLine.of("Bytes", plain("bytes", capability.bytes().hex()));
    }
}
