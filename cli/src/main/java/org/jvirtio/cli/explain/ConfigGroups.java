package org.jvirtio.cli.explain;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.page.ByteDump;
import org.jvirtio.page.ByteField;
import org.jvirtio.page.ByteGroup;
import org.jvirtio.pci.Capability;
import org.jvirtio.pci.ConfigField;
import org.jvirtio.pci.ConfigFields;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.ConfigSnapshot;

/** The configuration space as groups of bytes: the header, then each capability of the list. */
final class ConfigGroups {

    /** Where the header is among the groups. */
    static final int HEADER = 0;

    private ConfigGroups() {}

    static ByteDump dump(Explanation explanation) {
        ConfigSnapshot bytes = explanation.bytes();
        return new ByteDump(
                bytes.length(),
                offset -> bytes.has(offset) ? bytes.read8(offset) : -1,
                of(explanation));
    }

    static List<ByteGroup> of(Explanation explanation) {
        ConfigSnapshot bytes = explanation.bytes();
        List<ByteGroup> groups = new ArrayList<>();
        groups.add(
                group(
                        "header",
                        0,
                        ConfigRegister.HEADER_LENGTH,
                        ConfigFields.ofHeader(bytes, explanation.bars())));
        for (Capability capability : explanation.capabilities().capabilities()) {
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
