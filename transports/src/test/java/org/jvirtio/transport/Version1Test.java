package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.DeviceType;
import org.jvirtio.LayoutException;
import org.jvirtio.RingFeature;
import org.jvirtio.device.EntropyDriver;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.model.EntropyModel;
import org.jvirtio.model.FunctionOptions;
import org.jvirtio.pci.Candidate;
import org.jvirtio.pci.ChoiceText;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.Verdict;
import org.jvirtio.pci.VirtioLayout;

/**
 * S4 and virtio 1.4 section 2.2.3: a transitional driver treats a device that does not offer
 * VERSION_1 as legacy.
 */
class Version1Test {

    private static EmulatedFunction withholding(String shown, int... bits) {
        FunctionOptions options = new FunctionOptions().layout(shown).withhold(bits);
        return new EmulatedFunction("emulated:entropy", new EntropyModel(1), options);
    }

    private static LayoutChoice confirmed(EmulatedFunction function, String policy) {
        LayoutChoice first = LayoutChoice.of(function, Policy.parse(policy));
        return Transports.confirm(function, first);
    }

    @ParameterizedTest
    @CsvSource({
        "transitional, auto",
        "mail-transitional, auto",
        "legacy+register-set+virtio1, auto",
        "transitional, legacy-first"
    })
    void aDeviceWithoutVersion1IsDrivenAsLegacy(String shown, String policy) {
        EmulatedFunction function = withholding(shown, RingFeature.VERSION_1.bit());

        VirtioLayout layout = confirmed(function, policy).require();

        assertEquals("legacy", layout.label());
        try (EntropyDriver driver =
                EntropyDriver.start(Transports.open(function, DeviceType.ENTROPY, layout))) {
            byte[] random = new byte[8];
            driver.fill(random);
            assertEquals(EntropyModel.byteAt(1, 7), random[7]);
        }
        assertEquals(List.of(), function.complaints().list());
    }

    @Test
    void theChoiceNamesTheRuleTheBitsAndTheClause() {
        EmulatedFunction function = withholding("transitional", RingFeature.VERSION_1.bit());

        LayoutChoice choice = confirmed(function, "auto");

        Candidate virtio1 = choice.candidates().get(0);
        assertEquals(Verdict.ABSENT, virtio1.verdict());
        String text = String.join("\n", ChoiceText.lines(choice));
        assertTrue(text.contains("failed      the device offers VERSION_1: it offers 0x"), text);
        assertTrue(text.contains("(virtio 1.4 section 2.2.3)"), text);
        function.close();
    }

    @ParameterizedTest
    @CsvSource({"virtio1", "virtio1;lenient"})
    void whereThePolicyLeavesNoOtherLayoutTheReasonIsInTheRefusal(String policy) {
        EmulatedFunction function = withholding("transitional", RingFeature.VERSION_1.bit());

        LayoutException refused =
                assertThrows(
                        LayoutException.class,
                        () -> confirmed(function, policy.replace(';', ',')).require());

        assertTrue(
                refused.getMessage().contains("rule 'the device offers VERSION_1' fails"),
                refused.getMessage());
        function.close();
    }

    @ParameterizedTest
    @CsvSource({"transitional, auto", "virtio1, auto", "legacy, auto", "transitional, legacy"})
    void aChoiceThatTheDeviceAgreesWithStays(String shown, String policy) {
        EmulatedFunction function = withholding(shown);
        LayoutChoice choice = LayoutChoice.of(function, Policy.parse(policy));

        assertSame(choice, Transports.confirm(function, choice));
        function.close();
    }

    /** It has no legacy layout to fall back to: whoever starts it hears why it is refused. */
    @Test
    void aNonTransitionalDeviceIsRefusedWhenItIsStarted() {
        EmulatedFunction function = withholding("virtio1", RingFeature.VERSION_1.bit());
        VirtioLayout layout = confirmed(function, "auto").require();

        LayoutException refused =
                assertThrows(
                        LayoutException.class,
                        () ->
                                EntropyDriver.start(
                                        Transports.open(function, DeviceType.ENTROPY, layout)));

        assertTrue(refused.getMessage().contains("VERSION_1 is not offered"));
    }
}
