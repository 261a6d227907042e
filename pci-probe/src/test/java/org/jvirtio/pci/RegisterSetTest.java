package org.jvirtio.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.jvirtio.pci.Case.row;
import static org.jvirtio.pci.Devices.mailNew;
import static org.jvirtio.pci.Devices.mailTransitional;
import static org.jvirtio.pci.Devices.msix;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The capability of the mail of 2011: its three example devices, spelled out byte by byte, and the
 * faults of the catalogue. Clauses: {@link RegisterSetRules}.
 */
class RegisterSetTest {

    private static final int ABSENT = 0;
    private static final int LEGACY = 0x80000000;
    private static final int PCI = 0x81000000;
    private static final int CONFIG = 0x81000100;
    private static final int ISR = 0x80000013;

    @Test
    void theTransitionalDeviceOfTheMailHasBothLayouts() {
        ConfigBytes config =
                mailTransitional()
                        .capability(
                                0x09, 0, 0x14, 0x81, 0, 0, 0, 0x80, 0, 0, 0, 0x81, 0, 1, 0, 0x81,
                                0x13, 0, 0, 0x80);

        assertEquals("BAR1+0x0, 0x100 bytes", sets(config).queues().toString());
        assertEquals("BAR1+0x100, 0xf00 bytes", sets(config).config().orElseThrow().toString());
        assertEquals("BAR0+0x13, 0x1 bytes", sets(config).isr().orElseThrow().toString());
        assertEquals("legacy", Case.label(config.choose("legacy")));
    }

    @Test
    void theConfigurationEndsWhereTheMsixTableOfTheMailStarts() {
        ConfigBytes config =
                msix(mailTransitional(), 1)
                        .capability(
                                0x09, 0, 0x1c, 0x81, 0, 0, 0, 0x80, 0, 0, 0, 0x81, 0, 1, 0, 0x81,
                                0x13, 0, 0, 0x80, 0, 2, 0, 0x81, 0, 3, 0, 0x81);

        assertEquals("BAR1+0x100, 0x100 bytes", sets(config).config().orElseThrow().toString());
        assertTrue(text(config).contains("not used: the MSI-X capability is"));
    }

    @Test
    void theNewDeviceWithAFastIsrHasItAlone() {
        ConfigBytes config =
                mailNew()
                        .capability(
                                0x09, 0, 0x14, 0x81, 0, 0, 0, 0, 0, 0, 0, 0x81, 0, 1, 0, 0x81, 0, 0,
                                0, 0x80);

        assertEquals("BAR1+0x0, 0x100 bytes", sets(config).queues().toString());
        assertEquals("BAR0+0x0, 0x1 bytes", sets(config).isr().orElseThrow().toString());
        assertEquals("none", Case.label(config.choose("legacy")));
    }

    @Test
    void theNewDeviceWithASlowIsrUsesTheOneInsideVirtioPci() {
        ConfigBytes config =
                ConfigBytes.modern(2)
                        .memory(0, 0x1000)
                        .capability(
                                0x09, 0, 0x14, 0x81, 0, 0, 0, 0, 0, 0, 0, 0x80, 0, 1, 0, 0x80, 0, 0,
                                0, 0);

        assertEquals("BAR0+0x0, 0x100 bytes", sets(config).queues().toString());
        assertEquals("BAR0+0x100, 0xf00 bytes", sets(config).config().orElseThrow().toString());
        assertEquals(Optional.empty(), sets(config).isr());
    }

    static Stream<Case> faults() {
        return Stream.of(
                row("D1 config without pci", mail(LEGACY, ABSENT, CONFIG, ISR), "legacy", "clear"),
                row("D1 and no legacy", fresh(ABSENT, ABSENT, CONFIG, ISR), "none", "clear"),
                row("D2 BAR 6", mail(LEGACY, 0x86000000, CONFIG, ISR), "legacy", "BAR 6"),
                row("D2 BAR 7", mail(LEGACY, 0x87000000, CONFIG, ISR), "legacy", "BAR 7"),
                row(
                        "D2 ISR in BAR 7",
                        mail(LEGACY, PCI, CONFIG, 0x87000000),
                        REGISTER_SET,
                        "BAR 7"),
                row("D3 past the BAR", mail(LEGACY, 0x81000fc0, CONFIG, ISR), "legacy", "0xfc0"),
                row("D3 no legacy", fresh(ABSENT, 0x81001000, CONFIG, ISR), "none", "0x1000"),
                row("D3 overlap", mail(LEGACY, PCI, 0x81000010, ISR), "legacy", "inside the reg"),
                row("no BAR", mail(LEGACY, 0x83000000, CONFIG, ISR), "legacy", "BAR 3 is not"),
                row("no config", mail(LEGACY, PCI, ABSENT, ISR), "legacy", "no usable virtio-con"),
                row("misaligned", mail(LEGACY, 0x81000002, CONFIG, ISR), "legacy", "multiple of 4"),
                row(
                        "reserved bits",
                        mail(LEGACY, 0xf9000000, CONFIG, ISR),
                        REGISTER_SET,
                        "30 to 27"),
                row("D4 no ISR", mail(LEGACY, PCI, CONFIG, ABSENT), REGISTER_SET, "every rule"),
                row("D5 ISR at 19", mail(LEGACY, PCI, CONFIG, ISR), REGISTER_SET, "BAR0+0x13"),
                row("D6 only MSI-X in BAR1", msix(mailTransitional(), 1), "legacy", "every rule"),
                row("D7 both kinds", both(), "virtio1", "register-set: not tried"),
                row("no legacy dword", mail(ABSENT, ABSENT, CONFIG, ISR), "none", "legacy dword"),
                row("legacy elsewhere", mail(0x81000000, 0, 0, 0), "none", "legacy dword"),
                row(
                        "cap_len 16",
                        mailTransitional().registerSets(LEGACY, PCI, CONFIG),
                        "legacy",
                        "is 16, the"),
                row("cap_len 22", oddLength(), "legacy", "multiple of 4"),
                row("first valid wins", twice(), REGISTER_SET, "BAR1+0x100"));
    }

    private static final String REGISTER_SET = "register-set";

    @ParameterizedTest
    @MethodSource("faults")
    void eachFaultHasItsVerdict(Case fault) {
        fault.check();
    }

    /** Each text was once right for one end of its rule only. */
    @Test
    void whatWasSeenIsTrueOfRulesThatPassToo() {
        assertTrue(text(mail(LEGACY, PCI, 0x80000014, ISR)).contains("in another BAR"));
        assertTrue(
                text(fresh(ABSENT, PCI, CONFIG, ABSENT)).contains("0x100 bytes after the start"));
        assertTrue(
                text(fresh(ABSENT, 0x81000200, CONFIG, ABSENT))
                        .contains("0x100 bytes before the start"));
        assertFalse(
                text(fresh(ABSENT, PCI, CONFIG, ABSENT)).contains("ids of a transitional device"));
        assertTrue(text(mailTransitional()).contains("none found, so it cannot deny legacy"));
    }

    private static ConfigBytes mail(int... dwords) {
        return mailTransitional().registerSets(dwords);
    }

    private static ConfigBytes fresh(int... dwords) {
        return mailNew().registerSets(dwords);
    }

    private static ConfigBytes both() {
        return Devices.block().registerSets(LEGACY, PCI, CONFIG, ISR).structures(4);
    }

    private static ConfigBytes oddLength() {
        return mail(LEGACY, PCI, CONFIG, ISR, 0).put8(0x42, 22);
    }

    private static ConfigBytes twice() {
        return mailTransitional()
                .registerSets(LEGACY, PCI, CONFIG)
                .registerSets(LEGACY, PCI, CONFIG, ISR);
    }

    private static VirtioLayout.RegisterSets sets(ConfigBytes config) {
        return (VirtioLayout.RegisterSets) config.choose("auto").require();
    }

    private static String text(ConfigBytes config) {
        return String.join("\n", ChoiceText.lines(config.choose("auto")));
    }
}
