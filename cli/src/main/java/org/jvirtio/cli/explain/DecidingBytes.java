package org.jvirtio.cli.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jvirtio.lab.picture.ConfigGroups;
import org.jvirtio.page.RuleNode.RuleBytes;
import org.jvirtio.pci.Capability;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.ConfigSnapshot;
import org.jvirtio.pci.Evidence;
import org.jvirtio.pci.RegisterSetDword;

/**
 * The bytes that a piece of evidence was found in, by its subject: the ids, a BAR, a capability, or
 * one dword of it.
 */
final class DecidingBytes {

    private static final List<ConfigRegister> IDS =
            List.of(
                    ConfigRegister.VENDOR_ID,
                    ConfigRegister.DEVICE_ID,
                    ConfigRegister.REVISION_ID,
                    ConfigRegister.SUBSYSTEM_VENDOR_ID,
                    ConfigRegister.SUBSYSTEM_ID);

    private final ConfigSnapshot bytes;
    private final List<Capability> capabilities;

    DecidingBytes(Explanation explanation) {
        bytes = explanation.bytes();
        capabilities = explanation.capabilities().capabilities();
    }

    /** Empty where the subject is nothing of the configuration space. */
    List<RuleBytes> of(Evidence evidence) {
        String subject = evidence.subject().toString();
        if (subject.startsWith("ids ")) {
            return registers(IDS);
        }
        if (subject.equals("BAR 0")) {
            return registers(List.of(ConfigRegister.BAR0));
        }
        for (int i = 0; i < capabilities.size(); i++) {
            Capability capability = capabilities.get(i);
            if (subject.contains(
                    String.format("capability at 0x%02x", capability.configOffset()))) {
                return of(subject, capability, ConfigGroups.HEADER + 1 + i);
            }
        }
        return List.of();
    }

    private List<RuleBytes> of(String subject, Capability capability, int colour) {
        int at = capability.configOffset();
        return Arrays.stream(RegisterSetDword.values())
                .filter(dword -> subject.startsWith(dword.label() + " dword"))
                .findFirst()
                .map(dword -> List.of(bytes(at + dword.offset(), dword.width(), colour)))
                .orElseGet(() -> List.of(bytes(at, capability.bytes().length(), colour)));
    }

    private List<RuleBytes> registers(List<ConfigRegister> registers) {
        List<RuleBytes> all = new ArrayList<>();
        for (ConfigRegister register : registers) {
            all.add(bytes(register.offset(), register.width(), ConfigGroups.HEADER));
        }
        return all;
    }

    private RuleBytes bytes(int offset, int length, int colour) {
        String digits =
                IntStream.range(offset, offset + length)
                        .mapToObj(
                                at -> bytes.has(at) ? String.format("%02x", bytes.read8(at)) : "--")
                        .collect(Collectors.joining(" "));
        return new RuleBytes(String.format("%02x:", offset), digits, colour);
    }
}
