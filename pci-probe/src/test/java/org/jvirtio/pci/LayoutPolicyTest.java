package org.jvirtio.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.jvirtio.pci.Devices.block;
import static org.jvirtio.pci.Devices.modernBlock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.LayoutException;

/**
 * Which layout wins under which policy (virtio 1.4 section 4.1.5.1.1.1 for auto; the others are
 * ours).
 */
class LayoutPolicyTest {

    private static final int[] MAIL = {0x80000000, 0x81000000, 0x81000100, 0x80000013};

    /** A device that can be driven in all three layouts. */
    private static ConfigBytes everything() {
        return block().registerSets(MAIL).structures(4).structure(5, 0, 0, 0, 0, 0, 0, 0);
    }

    /** The same with a common structure that lies outside its BAR. */
    private static ConfigBytes brokenVirtio1() {
        return block().registerSets(MAIL).structure(1, 4, 0x4000, 0x38).structures(3);
    }

    @ParameterizedTest
    @CsvSource({
        "auto, virtio1",
        "virtio1, virtio1",
        "pci-cfg, virtio1 through PCI_CFG",
        "register-set, register-set",
        "legacy, legacy",
        "legacy-first, legacy",
        "auto;lenient, virtio1",
        "legacy-first;lenient, legacy",
        "auto;strict, virtio1",
        "register-set;strict, register-set",
        "legacy;strict, legacy"
    })
    void aDeviceWithEveryLayoutFollowsThePolicy(String policy, String layout) {
        assertEquals(layout, Case.label(everything().choose(policy.replace(';', ','))));
    }

    @ParameterizedTest
    @CsvSource({
        "auto, none",
        "auto;lenient, register-set",
        "virtio1, none",
        "virtio1;lenient, none",
        "legacy, legacy",
        "register-set, register-set",
        "legacy-first, legacy",
        "pci-cfg, none"
    })
    void aBrokenLayoutRefusesUnlessThePolicyIsLenient(String policy, String layout) {
        assertEquals(layout, Case.label(brokenVirtio1().choose(policy.replace(';', ','))));
    }

    @ParameterizedTest
    @CsvSource({
        "auto, virtio1",
        "auto;lenient, virtio1",
        "auto;strict, none",
        "legacy-first;strict, legacy",
        "virtio1;strict, none"
    })
    void whatIsOnlyNotedRefusesIfThePolicyIsStrict(String policy, String layout) {
        ConfigBytes config = CapabilityFaultTest.overlapping();

        assertEquals(layout, Case.label(config.choose(policy.replace(';', ','))));
    }

    @Test
    void aStrictRefusalNamesWhatWasNotedAndTheOrdinaryPolicy() {
        ConfigBytes config = CapabilityFaultTest.overlapping();

        assertRefusal(config, "auto,strict", "'windows do not overlap' fails");
        assertRefusal(config, "auto,strict", "bear with it by policy auto.");
    }

    @Test
    void legacyFirstTakesVirtio1WhereThereIsNoLegacy() {
        assertEquals("virtio1", Case.label(modernBlock().structures(4).choose("legacy-first")));
    }

    @Test
    void registerSetsWinOverLegacy() {
        assertEquals("register-set", Case.label(block().registerSets(MAIL).choose("auto")));
    }

    @Test
    void theWindowThroughConfigurationSpaceIsNamedByItsOffset() {
        ConfigBytes config = block().structures(4);
        int offset = config.next();
        config.structure(5, 0, 0, 0, 0, 0, 0, 0);

        VirtioLayout.Virtio1 layout = (VirtioLayout.Virtio1) config.choose("pci-cfg").require();

        assertEquals(offset, layout.pciCfg().orElseThrow());
        assertEquals(4, layout.doorbellStride());
    }

    @Test
    void candidatesAreListedInTheOrderTriedThenThoseLeftOut() {
        LayoutChoice choice = everything().choose("register-set");

        assertEquals(
                "[REGISTER_SET CHOSEN, LEGACY NOT_PERMITTED, VIRTIO1 NOT_PERMITTED]",
                choice.candidates().stream()
                        .map(c -> c.kind() + " " + c.verdict())
                        .toList()
                        .toString());
    }

    @Test
    void aChoiceThatIsNotLenientSaysWhyItDidNotGoOn() {
        LayoutChoice choice = brokenVirtio1().choose("auto");

        assertEquals(Verdict.BROKEN, choice.candidates().get(0).verdict());
        assertEquals(Verdict.NOT_TRIED, choice.candidates().get(1).verdict());
        assertEquals(
                "virtio1 is broken, which ends the choice",
                choice.candidates().get(1).reason().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "legacy, disable-legacy=off",
        "register-set, reach emulated with layout=register-set"
    })
    void refusingAModernOnlyDeviceNamesWhatToChange(String policy, String advice) {
        assertRefusal(modernBlock().structures(4), policy, advice);
    }

    @ParameterizedTest
    @CsvSource({"virtio1, disable-modern=off", "pci-cfg, disable-modern=off"})
    void refusingALegacyOnlyDeviceNamesWhatToChange(String policy, String advice) {
        assertRefusal(block(), policy, advice);
    }

    @Test
    void refusingABrokenDeviceNamesTheFaultAndTheLenientPolicy() {
        assertRefusal(brokenVirtio1(), "auto", "offset 0x4000 of BAR 4, which has 0x4000 bytes");
        assertRefusal(brokenVirtio1(), "auto", "policy auto,lenient");
    }

    @Test
    void aFunctionThatIsNotVirtioIsRefusedWithItsIds() {
        assertRefusal(block().put16(0, 0x8086), "auto", "vendor id is 0x8086");
        assertRefusal(block().put16(2, 0x1110), "auto", "outside 0x1000 to 0x107f");
    }

    @Test
    void configurationThatEndsAt64BytesIsNotMistakenForLegacy() {
        ConfigBytes config = block().structures(4);

        LayoutChoice choice = LayoutChoice.of("test", config.header(), config.bars(), Policy.AUTO);

        assertEquals("none", Case.label(choice));
        String message = assertThrows(LayoutException.class, choice::require).getMessage();
        assertTrue(message.contains("as root"), message);
        assertEquals(
                "legacy",
                Case.label(
                        LayoutChoice.of(
                                "test",
                                config.header(),
                                config.bars(),
                                Policy.parse("auto,lenient"))));
    }

    private static void assertRefusal(ConfigBytes config, String policy, String words) {
        LayoutChoice choice = config.choose(policy);
        String message = assertThrows(LayoutException.class, choice::require).getMessage();
        assertTrue(message.startsWith("choosing the layout of test ("), message);
        assertTrue(message.contains(words), message);
    }
}
