package org.jvirtio.learn.checker;

import java.util.List;
import java.util.concurrent.Callable;
import org.jvirtio.learn.check.Checker;
import org.jvirtio.learn.check.Trial;
import org.jvirtio.learn.exercise.HeaderAnswers;

/** Lesson 1. The bytes are in the exercise: 00:02.0 of a QEMU 7.2, an entropy device. */
public final class HeaderChecker implements Checker<HeaderAnswers> {

    private static final String HEADER = "PCI Local Bus 3.0 section 6.1";
    private static final String BARS = "PCI Local Bus 3.0 section 6.2.5.1";
    private static final String IDS = "virtio 1.4 section 4.1.2";
    private static final String TRANSITIONAL = "virtio 1.4 section 4.1.2.3";
    private static final String SWAPPED =
            "The bytes are right, their order is not: a number is stored little-endian, its low"
                    + " byte first.";

    @Override
    public Class<HeaderAnswers> asked() {
        return HeaderAnswers.class;
    }

    @Override
    public List<Trial> trials(HeaderAnswers code) {
        return List.of(
                number("vendor id, bytes 00 and 01: f4 1a", HEADER, 0x1af4, code::vendorId)
                        .mistake("0xf41a", SWAPPED),
                number("device id, bytes 02 and 03: 05 10", HEADER, 0x1005, code::deviceId)
                        .mistake("0x510", SWAPPED),
                number("revision, byte 08: 00", HEADER, 0, code::revision)
                        .mistake("0xff", "Byte 0a is a part of the class code."),
                Trial.of("transitional, by the device id", IDS, true, code::transitional)
                        .hint("0x1000 to 0x103f are transitional, 0x1040 to 0x107f are not."),
                Trial.of("virtio type, bytes 2e and 2f: 04 00", IDS, 4, code::virtioType)
                        .mistake(
                                5,
                                "0x1005 - 0x1000 is not the type: the transitional ids were"
                                        + " given out in another order. Read the subsystem device id.")
                        .hint("For a transitional id the subsystem device id is the type."),
                Trial.of(
                                "capability list, bytes 06 and 07: 10 00",
                                HEADER,
                                true,
                                code::hasCapabilityList)
                        .hint("The status is 0x0010: bit 4 is set."),
                number("capability pointer, byte 34: 98", HEADER, 0x98, code::capabilityPointer)
                        .mistake("0x62", "98 is hexadecimal: write 0x98."),
                Trial.of("the BAR in I/O space", BARS, 0, code::ioBar)
                        .hint("Bit 0 of a BAR tells: 1 is I/O, 0 is memory."),
                number("its address, bytes 10 to 13: 01 c0 00 00", BARS, 0xc000, code::ioAddress)
                        .mistake("0xc001", "Bits 0 and 1 of an I/O BAR are not of the address."),
                Trial.of("the BAR of 64 bits", BARS, 4, code::wideBar)
                        .mistake(2, "Count in fours from 0x10: 0x20 is BAR 4.")
                        .hint("Bits 1 and 2 of a memory BAR tell: 10 means 64 bits."),
                number(
                                "its address, bytes 20 to 27: 0c 40 00 e0 00 00 00 00",
                                BARS,
                                0xe0004000L,
                                code::wideAddress)
                        .mistake(
                                "0xe000400c", "Bits 0 to 3 of a memory BAR are not of the address.")
                        .hint("Two registers: the low half at 0x20, the high half at 0x24."),
                type("1af4:1042 rev 1", 2, Pci.function(0x1af4, 0x1042, 1, 0x1100), code)
                        .mistake(0x1100, "From 0x1040 on the device id itself has the type."),
                type("1af4:1001 rev 0, subsystem 2", 2, Pci.function(0x1af4, 0x1001, 0, 2), code)
                        .mistake(1, "A transitional id: the subsystem device id has the type."),
                type("1af4:1000 rev 0, subsystem 1", 1, Pci.function(0x1af4, 0x1000, 0, 1), code)
                        .mistake(0, "A transitional id: the subsystem device id has the type."),
                type("1af4:1041 rev 0", 1, Pci.function(0x1af4, 0x1041, 0, 0x40), code)
                        .mistake(-1, "A driver takes any revision (section 4.1.2.2)."),
                type("8086:1001, not virtio's vendor", -1, Pci.function(0x8086, 0x1001, 0, 2), code)
                        .hint("Look at the vendor id first."),
                type("1af4:1080, behind the range", -1, Pci.function(0x1af4, 0x1080, 0, 1), code)
                        .mistake(0x40, "The range of virtio ends at 0x107f (section 4.1.2).")
                        .hint("The range of virtio is 0x1000 to 0x107f (section 4.1.2)."),
                type("1af4:0fff, before the range", -1, Pci.function(0x1af4, 0x0fff, 0, 1), code)
                        .hint("The range of virtio is 0x1000 to 0x107f (section 4.1.2)."),
                type("ffff:ffff, nobody there", -1, allOnes(), code)
                        .hint("A bus answers with ones where no function is."));
    }

    private static Trial number(String input, String clause, long expected, Callable<?> answer) {
        Callable<?> hex = () -> String.format("0x%x", ((Number) answer.call()).longValue());
        return Trial.of(input, clause, String.format("0x%x", expected), hex);
    }

    private static Trial type(String input, int expected, Pci header, HeaderAnswers code) {
        String clause = input.contains("subsystem") ? TRANSITIONAL : IDS;
        return Trial.of("typeOf " + input, clause, expected, () -> code.typeOf(header.bytes()));
    }

    private static Pci allOnes() {
        Pci header = Pci.empty(64);
        for (int i = 0; i < 64; i++) {
            header.put8(i, 0xff);
        }
        return header;
    }
}
