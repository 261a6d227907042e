package org.jvirtio.lab.picture;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.page.ByteDump;
import org.jvirtio.page.ByteField;
import org.jvirtio.page.ByteGroup;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.Capability;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.ConfigField;
import org.jvirtio.pci.ConfigFields;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.ConfigSnapshot;

/** The configuration space as groups of bytes: the header, then each capability of the list. */
public final class ConfigGroups {

    /** Where the header is among the groups. */
    public static final int HEADER = 0;

    private ConfigGroups() {}

    /** Everything that was read, in the colours of the groups. */
    public static ByteDump dump(ConfigSnapshot bytes, List<Bar> bars, CapabilityList capabilities) {
        return new ByteDump(
                bytes.length(),
                offset -> bytes.has(offset) ? bytes.read8(offset) : -1,
                of(bytes, bars, capabilities));
    }

    /** The header, with a field for each of its registers. */
    public static ByteGroup header(ConfigSnapshot bytes, List<Bar> bars) {
        return group("header", 0, ConfigRegister.HEADER_LENGTH, ConfigFields.ofHeader(bytes, bars));
    }

    private static List<ByteGroup> of(
            ConfigSnapshot bytes, List<Bar> bars, CapabilityList capabilities) {
        List<ByteGroup> groups = new ArrayList<>();
        groups.add(header(bytes, bars));
        for (Capability capability : capabilities.capabilities()) {
            List<ConfigField> fields = ConfigFields.of(capability, bytes);
            groups.add(
                    group(
                            capability.place(),
                            capability.configOffset(),
                            length(capability, fields),
                            fields));
        }
        return groups;
    }

    /** The data of PCI_CFG belongs to it even if its length was said to be less. */
    private static int length(Capability capability, List<ConfigField> fields) {
        int end = fields.stream().mapToInt(field -> field.offset() + field.width()).max().orElse(0);
        return Math.max(capability.bytes().length(), end - capability.configOffset());
    }

    private static ByteGroup group(String label, int begin, int length, List<ConfigField> fields) {
        return new ByteGroup(
                label,
                begin,
                length,
                fields.stream()
                        .map(
                                field ->
                                        new ByteField(
                                                field.offset(),
                                                field.width(),
                                                field.name(),
                                                field.meaning(),
                                                field.source()))
                        .toList());
    }
}
