package org.jvirtio.learn.checker;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jvirtio.learn.check.Checker;
import org.jvirtio.learn.check.Trial;
import org.jvirtio.learn.exercise.CapabilityWalker;

/** Lesson 2: good lists, then every list that has hung or crashed a driver. */
public final class CapabilityChecker implements Checker<CapabilityWalker> {

    private static final String LIST = "PCI Local Bus 3.0 section 6.7";
    private static final String VIRTIO = "virtio 1.4 section 4.1.4";
    private static final String DRIVER = "virtio 1.4 section 4.1.4.1";

    @Override
    public Class<CapabilityWalker> asked() {
        return CapabilityWalker.class;
    }

    @Override
    public List<Trial> trials(CapabilityWalker code) {
        return List.of(
                walk("a list 98 -> 84 -> 40", good(), code, 0x98, 0x84, 0x40)
                        .mistake(
                                "[40 84 98]",
                                "A list has the order of its pointers, not of its addresses.")
                        .hint("Byte 34 leads to the first, byte 1 of each to the next, 0 ends it."),
                walk(
                                "status bit 4 is clear, and byte 34 is 40 all the same",
                                Pci.list(false, 0x40).capability(0x40, 0x09, 0),
                                code)
                        .hint("Without bit 4 of the status (byte 06) there is no list."),
                walk(
                                "a pointer of 43: its two low bits are reserved",
                                Pci.list(true, 0x43).capability(0x40, 0x11, 0),
                                code,
                                0x40)
                        .mistake("[43]", "The two low bits must be masked: 0x43 & 0xfc is 0x40."),
                walk(
                                "a next pointer of 52: its two low bits are reserved",
                                Pci.list(true, 0x40)
                                        .capability(0x40, 9, 0x52)
                                        .capability(0x50, 9, 0),
                                code,
                                0x40,
                                0x50)
                        .hint("Mask every pointer, not only the first."),
                walk(
                                "a pointer above 7f",
                                Pci.list(true, 0xc8).capability(0xc8, 0x11, 0),
                                code,
                                0xc8)
                        .hint("A byte of Java is signed: & 0xff makes it the number it is."),
                walk(
                                "a next pointer of 10, into the header",
                                Pci.list(true, 0x40).capability(0x40, 9, 0x10).put8(0x11, 0x40),
                                code,
                                0x40)
                        .hint("The header ends at 3f; a pointer into it ends the walk."),
                walk(
                                "a capability that leads to itself",
                                Pci.list(true, 0x40).capability(0x40, 9, 0x40),
                                code,
                                0x40)
                        .hint("Stop where you have been before."),
                walk(
                                "a circle: 40 -> 50 -> 60 -> 50",
                                Pci.list(true, 0x40)
                                        .capability(0x40, 9, 0x50)
                                        .capability(0x50, 9, 0x60)
                                        .capability(0x60, 9, 0x50),
                                code,
                                0x40,
                                0x50,
                                0x60)
                        .hint("Comparing with the first one is not enough: remember all."),
                Trial.of(
                                "only 64 bytes can be read, and the list begins at 98",
                                LIST,
                                "[]",
                                () -> hex(code.walk(Arrays.copyOf(good().bytes(), 64))))
                        .hint(
                                "Without root Linux shows 64 bytes. Compare a pointer with the"
                                        + " length before you follow it."),
                common("COMMON_CFG at 40, behind MSI-X", good(), code, 0x40)
                        .hint("Id 09 at byte 0, cfg_type 1 at byte 3."),
                common(
                                "bytes that look right, in a capability with id 05",
                                Pci.list(true, 0x40).virtio(0x40, 0, 1, 4).put8(0x40, 0x05),
                                code,
                                -1)
                        .mistake("40", "Byte 0 is the id: only 09, vendor-specific, is virtio's."),
                common(
                                "cfg_type 0x81 first, which is reserved, then COMMON_CFG at 50",
                                Pci.list(true, 0x40)
                                        .virtio(0x40, 0x50, 0x81, 0)
                                        .virtio(0x50, 0, 1, 4),
                                code,
                                0x50)
                        .hint("A driver ignores what it does not know, and goes on."),
                common(
                                "COMMON_CFG twice, at 60 and then at 40",
                                Pci.list(true, 0x60).virtio(0x60, 0x40, 1, 0).virtio(0x40, 0, 1, 4),
                                code,
                                0x60)
                        .mistake(
                                "40",
                                "The order of the list is the device's preference: the first one wins.")
                        .hint("Go along the list that walk returns."),
                common(
                                "COMMON_CFG twice, the first with BAR 6, which is reserved",
                                Pci.list(true, 0x40).virtio(0x40, 0x60, 1, 6).virtio(0x60, 0, 1, 4),
                                code,
                                0x60)
                        .mistake("40", "There are BARs 0 to 5; ignore a capability with another."),
                common(
                                "a COMMON_CFG at f8: its 16 bytes run past byte ff",
                                Pci.list(true, 0xf8)
                                        .capability(0xf8, 9, 0)
                                        .put8(0xfa, 16)
                                        .put8(0xfb, 1)
                                        .put8(0xfc, 4),
                                code,
                                -1)
                        .hint("Offset and length lie at +8 and +12: they are not there."));
    }

    private static Pci good() {
        return Pci.list(true, 0x98)
                .capability(0x98, 0x11, 0x84)
                .virtio(0x84, 0x40, 5, 0)
                .virtio(0x40, 0, 1, 4);
    }

    private static Trial walk(String input, Pci config, CapabilityWalker code, int... expected) {
        List<Integer> offsets = Arrays.stream(expected).boxed().toList();
        return Trial.of(input, LIST, hex(offsets), () -> hex(code.walk(config.bytes())));
    }

    private static Trial common(String input, Pci config, CapabilityWalker code, int expected) {
        String clause = expected < 0 ? VIRTIO : DRIVER;
        return Trial.of(input, clause, hex(expected), () -> hex(code.commonCfg(config.bytes())));
    }

    private static String hex(List<Integer> offsets) {
        return offsets.stream()
                .map(CapabilityChecker::hex)
                .collect(Collectors.joining(" ", "[", "]"));
    }

    private static String hex(int offset) {
        return offset < 0 ? "none" : String.format("%02x", offset);
    }
}
