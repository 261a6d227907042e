package org.jvirtio.lab.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.pci.LayoutKind;
import org.jvirtio.pci.Policy;
import org.jvirtio.trace.Access;
import org.jvirtio.trace.Access.Direction;
import org.jvirtio.trace.Mark;
import org.jvirtio.trace.Trace;
import org.jvirtio.trace.TraceEvent;

/** Names follow from the layouts that the header shows and from what was selected before. */
class NamedTraceTest {

    @ParameterizedTest
    @MethodSource("allDevices")
    void everyAccessOfOurDriverToABarHasARegister(String device) {
        for (NamedAccess access : NamedTrace.of(Recorded.run(device)).accesses()) {
            if (!access.raw().region().equals(FunctionHeader.CONFIG)) {
                assertTrue(access.register().isPresent(), access.toString());
                assertFalse(access.clause().isEmpty(), access.toString());
            }
        }
    }

    static List<String> allDevices() {
        return Recorded.driven();
    }

    @Test
    void aStatusIsNamedByItsBits() {
        NamedAccess access = only(Recorded.run("block"), Direction.WRITE, "BAR4", 0x14, 1, 0x0b);
        assertEquals("COMMON_CFG DEVICE_STATUS", access.name());
        assertEquals("ACKNOWLEDGE|DRIVER|FEATURES_OK", access.meaning());
        assertEquals("virtio 1.4 section 4.1.4.3", access.clause());
    }

    @Test
    void featuresAreNamedByTheWindowThatIsSelected() {
        Trace block = Recorded.run("block");
        NamedAccess low =
                name(
                        block,
                        write("BAR4", 0x0, 4, 0),
                        new Access(0, Direction.READ, "BAR4", 0x4, 4, 0x1));
        NamedAccess high =
                name(
                        block,
                        write("BAR4", 0x0, 4, 1),
                        new Access(0, Direction.READ, "BAR4", 0x4, 4, 0x5));
        assertEquals("window 0: BARRIER", low.meaning());
        assertEquals("window 1: VERSION_1 RING_PACKED", high.meaning());
    }

    /** Section 4.1.4.10: with MSI-X two vectors come before the device configuration. */
    @Test
    void theLegacyConfigurationMovesWithMsix() {
        Trace legacy = Recorded.run("block,layout=legacy,vectors=2");
        Access at20 = new Access(0, Direction.READ, "BAR0", 20, 2, 0);
        Access at24 = new Access(0, Direction.READ, "BAR0", 24, 4, 0);
        TraceEvent on = new Mark(0, "interrupts msix 2");
        TraceEvent off = new Mark(0, "interrupts off");
        assertEquals("legacy CONFIG_MSIX_VECTOR", name(legacy, on, at20).name());
        assertEquals("legacy config CAPACITY low", name(legacy, on, at24).name());
        assertEquals("legacy config CAPACITY high", name(legacy, off, at24).name());
    }

    /** The ISR of the mail's transitional device is one byte of the legacy registers. */
    @Test
    void aByteOfTwoLayoutsIsNamedByTheOneInUse() {
        Trace mail = Recorded.run("entropy,layout=mail-transitional");
        Access isr = new Access(0, Direction.READ, "BAR0", 19, 1, 1);
        NamedAccess throughSets = name(mail, write("BAR1", 0x14, 1, 1), isr);
        NamedAccess throughLegacy = name(mail, write("BAR0", 18, 1, 1), isr);
        assertEquals(Optional.of(LayoutKind.REGISTER_SET), throughSets.layout());
        assertEquals(Optional.of(LayoutKind.LEGACY), throughLegacy.layout());
        assertEquals("QUEUE", throughSets.meaning());
    }

    @Test
    void anAccessThroughPciCfgIsNamedByItsTarget() {
        NamedTrace named =
                NamedTrace.of(Recorded.run("entropy,layout=virtio1", Policy.parse("pci-cfg")));
        List<NamedAccess> status =
                named.accesses().stream()
                        .filter(access -> access.name().equals("COMMON_CFG DEVICE_STATUS"))
                        .toList();
        assertFalse(status.isEmpty());
        assertTrue(status.stream().allMatch(NamedAccess::throughPciCfg));
        assertEquals("BAR4", status.get(0).access().region());
        assertEquals("config", status.get(0).raw().region());
    }

    @Test
    void theDoorbellsOfAllQueuesHaveTheNameOfTheFirst() {
        NamedTrace named = NamedTrace.of(Recorded.run("net"));
        assertEquals(
                2,
                named.accesses().stream()
                        .filter(access -> access.name().equals("NOTIFY_CFG QUEUE_NOTIFY"))
                        .map(access -> access.raw().offset())
                        .distinct()
                        .count());
    }

    @Test
    void whatNoStructureDescribesSaysSo() {
        NamedAccess outside =
                name(Recorded.run("entropy,layout=register-set"), write("BAR1", 0x380, 4, 0));
        assertEquals("outside of every structure", outside.name());
    }

    private static Access write(String region, long offset, int width, int value) {
        return new Access(0, Direction.WRITE, region, offset, width, value);
    }

    /** The last of some events, in a trace that has the header of {@code of}. */
    private static NamedAccess name(Trace of, TraceEvent... events) {
        List<NamedAccess> named =
                NamedTrace.of(of.with(new ArrayList<>(List.of(events)))).accesses();
        return named.get(named.size() - 1);
    }

    private static NamedAccess only(
            Trace trace, Direction direction, String region, long offset, int width, int value) {
        Access wanted = new Access(0, direction, region, offset, width, value);
        return NamedTrace.of(trace).accesses().stream()
                .filter(access -> access.raw().isLike(wanted) && access.value() == value)
                .findFirst()
                .orElseThrow();
    }
}
