package org.jvirtio.pci;

import static org.jvirtio.pci.Case.row;
import static org.jvirtio.pci.Devices.block;
import static org.jvirtio.pci.Devices.entropy;
import static org.jvirtio.pci.Devices.modernBlock;
import static org.jvirtio.pci.Devices.msix;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a wrong capability does to the choice (virtio 1.4 section 4.1.4, PCI Local Bus 3.0 section
 * 6.7). Each row is one fault of the catalogue, by its number.
 */
class CapabilityFaultTest {

    private static final int COMMON = 0x40;
    private static final int ISR = 0x50;
    private static final int DEVICE = 0x60;
    private static final int NOTIFY = 0x70;
    private static final int CAP_LEN = 2;
    private static final int BAR = 4;
    private static final int OFFSET = 8;
    private static final int LENGTH = 12;

    private static ConfigBytes sound() {
        return block().structures(4);
    }

    /** C16: the ISR on the first byte of the common structure. */
    static ConfigBytes overlapping() {
        return at(ISR, 0, 1);
    }

    static Stream<Case> lists() {
        return Stream.of(
                row("C1 list loops", sound().put8(NOTIFY + 1, 0x40), "virtio1", "visited before"),
                row("C2 pointer in the header", sound().put8(0x34, 0x20), "legacy", "the header"),
                row("C2 odd pointer", sound().put8(0x34, 0x43), "virtio1", "taken as 0x40"),
                row("C2 pointer 0xff", sound().put8(NOTIFY + 1, 0xff), "virtio1", "as 0xfc"),
                row("C3 no list by status", sound().put8(6, 0), "legacy", "says that there is no"),
                row("C6 common past 255", pastEnd(), "none", "legacy", "run past the end"),
                row("C7 not a vendor capability", notVendor(), "legacy", "no COMMON_CFG"),
                row("C8 cfg_type 0", reserved(0), "virtio1", "every rule holds"),
                row("C8 cfg_type 6", reserved(6), "virtio1", "every rule holds"),
                row("C8 cfg_type 10", reserved(10), "virtio1", "every rule holds"),
                row("C8 cfg_type 0x82", reserved(0x82), "virtio1", "every rule holds"),
                row("C21 modern id, no list", modernBlock(), "none", "no COMMON_CFG"),
                row("C24 all ones", ones(), "none", "the function is gone"));
    }

    static Stream<Case> structures() {
        return Stream.of(
                row(
                        "C4 short common",
                        sound().put8(COMMON + CAP_LEN, 12),
                        "none",
                        "legacy",
                        "is 12, the"),
                row("C4 short, then sound", twice(CAP_LEN, 12), "virtio1", "cap_len is 12"),
                row(
                        "C4 short notify",
                        sound().put8(NOTIFY + CAP_LEN, 16),
                        "none",
                        "legacy",
                        "is 16, the"),
                row("C5 long cap_len", longer(), "virtio1", "every rule holds"),
                row("C9 BAR 6, then sound", twice(4, 6), "virtio1", "bar 6"),
                row("C9 BAR 255, then sound", twice(4, 255), "virtio1", "bar 255"),
                row("C9 only BAR 7", sound().put8(COMMON + 4, 7), "legacy", "no COMMON_CFG"),
                row("C10 BAR 3, then sound", twice(4, 3), "virtio1", "not implemented"),
                row("C10 only BAR 3", sound().put8(COMMON + 4, 3), "none", "legacy", "BAR 3 is"),
                row("C10 upper half", sound().put8(COMMON + 4, 5), "none", "legacy", "upper half"),
                row("C11 past the BAR", at(COMMON, 0x3800, 0x1000), "none", "legacy", "lies in"),
                row("C12 sum wraps", at(COMMON, 0xfffff000L, 0x2000), "none", "legacy", "lies in"),
                row("C13 short common", at(COMMON, 0, 55), "none", "legacy", "length 0x37"),
                row("C13 empty ISR", at(ISR, 0x1000, 0), "none", "legacy", "length 0x0"),
                row("C13 short notify", at(NOTIFY, 0x3000, 1), "none", "legacy", "length 0x1"),
                row("C14 huge, cut to 8", cutCommon(0x7f8), "none", "legacy", "lies in"),
                row("C14 huge, cut to 56", cutCommon(0x7c8), "virtio1", "0x38 are used"),
                row("C14 huge common", at(COMMON, 0, 0xffffffffL), "virtio1", "0x1000 are used"),
                row("C14 huge device", at(DEVICE, 0x2000, 0xffffffffL), "virtio1", "are used"),
                row("C14 huge notify", at(NOTIFY, 0x3000, 0xffffffffL), "virtio1", "are used"),
                row("C15 common at 2", at(COMMON, 2, 0x1000), "none", "legacy", "multiple of 4"),
                row("C15 device at 1", at(DEVICE, 0x2001, 8), "none", "legacy", "multiple of 4"),
                row("C15 notify at 1", at(NOTIFY, 0x3001, 4), "none", "legacy", "multiple of 2"),
                row("C15 ISR anywhere", at(ISR, 0x1003, 1), "virtio1", "every rule holds"),
                row("Q8 odd multiplier", sound().put8(NOTIFY + 16, 3), "none", "legacy", "is even"),
                row("Q8 multiplier 6", sound().put8(NOTIFY + 16, 6), "virtio1", "power of two"));
    }

    static Stream<Case> sets() {
        return Stream.of(
                row("C16 structures overlap", overlapping(), "virtio1", "ISR_CFG (BAR4+0x0, 0x1"),
                row("C16 over MSI-X", msix(sound(), 4), "virtio1", "meets MSI-X table"),
                row("C18 no ISR", without(ISR), "none", "legacy", "ISR_CFG is missing"),
                row("C18 no notify", without(NOTIFY), "none", "legacy", "NOTIFY_CFG is missing"),
                row("no common", without(COMMON), "legacy", "though others are there"),
                row("C19 two commons", twice(LENGTH, 0x40), "virtio1", "listed only"),
                row("C20 block", without(DEVICE), "none", "legacy", "DEVICE_CFG is missing"),
                row("C20 entropy", configless(entropy()), "virtio1", "every rule holds"),
                row("C20 RTC", configless(modern(17)), "virtio1", "every rule holds"),
                row("C20 SCMI", configless(modern(32)), "virtio1", "every rule holds"),
                row("C20 I2C", configless(modern(34)), "virtio1", "every rule holds"),
                row("C22 revision 1", block().put8(8, 1), "none", "revision 1"),
                row("C22 but virtio1", sound().put8(8, 1), "virtio1", "every rule holds"),
                row("C23 memory BAR0", memoryBar0(), "none", "BAR 0, memory"),
                row("C23 short BAR0", shortBar0(), "none", "none", "at least 20 bytes"),
                row("C25 PCI_CFG of 16", pciCfg16(), "virtio1", "every rule holds"),
                row("C26 two types", sound().put16(0x2e, 1), "none", "none", "says type 1"));
    }

    @ParameterizedTest
    @MethodSource({"lists", "structures", "sets"})
    void eachFaultHasItsVerdict(Case fault) {
        fault.check();
    }

    private static ConfigBytes at(int capability, long offset, long length) {
        return sound().put32(capability + OFFSET, (int) offset)
                .put32(capability + LENGTH, (int) length);
    }

    /** A common structure that is longer than its BAR, whose last bytes alone are there. */
    private static ConfigBytes cutCommon(long offset) {
        return at(COMMON, offset, 0x1000).memory(3, 0x800).put8(COMMON + BAR, 3);
    }

    /** A capability without its structure: turned into one that nobody knows. */
    private static ConfigBytes without(int capability) {
        return sound().put8(capability + 3, 7);
    }

    /** A common capability with one byte changed, before the sound ones. */
    private static ConfigBytes twice(int offset, int value) {
        return block().structure(1, 4, 0, 0x1000).put8(0x40 + offset, value).structures(4);
    }

    private static ConfigBytes longer() {
        return block().structure(1, 4, 0, 0x1000, 1, 2, 3, 4).structures(4);
    }

    private static ConfigBytes pastEnd() {
        return block().put8(6, 0x10).put8(0x34, 0xf8).put32(0xf8, 0x01100009);
    }

    private static ConfigBytes notVendor() {
        return block().structure(1, 4, 0, 0x1000).put8(0x40, 0x0a);
    }

    private static ConfigBytes reserved(int cfgType) {
        return block().structure(cfgType, 4, 0, 0x1000).structures(4);
    }

    private static ConfigBytes modern(int type) {
        return ConfigBytes.modern(type).wideMemory(4, 0x4000);
    }

    private static ConfigBytes configless(ConfigBytes device) {
        return device.structure(1, 4, 0, 0x1000)
                .structure(3, 4, 0x1000, 1)
                .structure(2, 4, 0x3000, 4, 4, 0, 0, 0);
    }

    private static ConfigBytes memoryBar0() {
        return ConfigBytes.transitional(0x1001, 2).memory(0, 0x1000);
    }

    private static ConfigBytes shortBar0() {
        return ConfigBytes.transitional(0x1001, 2).io(0, 16);
    }

    private static ConfigBytes pciCfg16() {
        return sound().structure(5, 0, 0, 0);
    }

    private static ConfigBytes ones() {
        ConfigBytes config = block();
        for (int offset = 0; offset < 256; offset++) {
            config.put8(offset, 0xff);
        }
        return config;
    }
}
