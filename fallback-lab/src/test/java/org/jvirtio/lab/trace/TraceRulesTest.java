package org.jvirtio.lab.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.LayoutException;
import org.jvirtio.lab.trace.RuleVerdict.DoesNotApply;
import org.jvirtio.lab.trace.RuleVerdict.Violated;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.Policy;
import org.jvirtio.trace.Trace;

/**
 * Every rule can be broken: a good trace of our own driver, one thing in it changed, and the rule
 * says so. The clause of each is the rule's own.
 */
class TraceRulesTest {

    /** Rule | device [policy] | what is changed; see {@link Tampering}. */
    private static final String BROKEN =
            """
            STA-01|entropy|drop w8 COMMON_CFG DEVICE_STATUS 0x03
            STA-02|entropy|change w8 COMMON_CFG DEVICE_STATUS 0x0f to 0x0d
            STA-03|entropy|before w8 COMMON_CFG DEVICE_STATUS 0x0b: w8 BAR4+0x14 0x83
            STA-04|entropy|before w16 NOTIFY_CFG QUEUE_NOTIFY: r8 BAR4+0x14 0x4f
            STA-10|entropy|drop all r8 COMMON_CFG DEVICE_STATUS 0x00
            COM-14|entropy|drop all r8 COMMON_CFG DEVICE_STATUS 0x00
            INI-01|entropy|drop all r8 COMMON_CFG DEVICE_STATUS 0x0b
            INI-02|block|before w8 COMMON_CFG DEVICE_STATUS 0x0b: w8 BAR4+0x2020 0x00
            INI-03|entropy|before w16 NOTIFY_CFG QUEUE_NOTIFY: w32 BAR4+0xc 0x0
            INI-04|entropy|change r8 COMMON_CFG DEVICE_STATUS 0x0b to 0x03
            INI-05|entropy|before w32 COMMON_CFG QUEUE_DESC low: w8 BAR4+0x14 0x8b
            INI-06|entropy|before w8 COMMON_CFG DEVICE_STATUS 0x0f: w16 BAR4+0x3000 0x0
            INI-07|entropy,layout=legacy|before w8 legacy DEVICE_STATUS 0x07: w8 BAR0+0x12 0x0b
            INI-12|entropy|before w16 NOTIFY_CFG QUEUE_NOTIFY: w8 BAR4+0x14 0x1f
            INI-13|entropy|before w16 NOTIFY_CFG QUEUE_NOTIFY: w8 BAR4+0x14 0x1f
            INI-14|entropy|before w16 NOTIFY_CFG QUEUE_NOTIFY: w8 BAR4+0x14 0x1f
            FEA-01|entropy|change w32 COMMON_CFG DRIVER_FEATURE to 0x00000001
            FEA-02|net|change w32 COMMON_CFG DRIVER_FEATURE to 0x00000080
            FEA-03|entropy|change w32 COMMON_CFG DRIVER_FEATURE to 0x00000001
            FEA-04|entropy,fault=queue-size-odd|change r32 COMMON_CFG DEVICE_FEATURE to 0x00000001
            FEA-10|entropy|change r32 COMMON_CFG DEVICE_FEATURE 0x00000001 to 0x00000000
            FEA-12|entropy|change w32 COMMON_CFG DRIVER_FEATURE 0x00000001 to 0x00000000
            FEA-13|entropy,platform=on|change w32 COMMON_CFG DRIVER_FEATURE 0x00000003 to 0x1
            FEA-14|entropy|change w32 COMMON_CFG QUEUE_DESC high to 0x00000007
            FEA-15|entropy,offer=all|change last w32 COMMON_CFG DRIVER_FEATURE to 0x000001c9
            FEA-16|entropy|change r32 COMMON_CFG DEVICE_FEATURE 0x00000001 to 0x00000011
            FEA-17|entropy|change w32 COMMON_CFG DRIVER_FEATURE 0x00000001 to 0x00000021
            FEA-19|entropy,offer=all|change last w32 COMMON_CFG DRIVER_FEATURE to 0x0000014d
            FEA-25|entropy,layout=legacy|change w32 legacy DRIVER_FEATURES to 0x00000000
            FEA-26|entropy|change w32 COMMON_CFG DRIVER_FEATURE to 0x40000000
            SED-10|entropy,layout=mail-transitional|change all r32 virtio-pci DEVICE_FEATURE to 0x0
            BLK-13|block,readonly=on|change w32 COMMON_CFG DRIVER_FEATURE to 0x00000000
            NET-09|net|change w32 COMMON_CFG DRIVER_FEATURE to 0x00000000
            NET-11|net,mtu=1400|change w32 COMMON_CFG DRIVER_FEATURE to 0x00000000
            NET-13|net|change w32 COMMON_CFG DRIVER_FEATURE to 0x00100000
            BLK-05|block|before w8 COMMON_CFG DEVICE_STATUS 0x0b: r8 BAR4+0x205c 0x01
            CFG-01|block|drop r8 COMMON_CFG CONFIG_GENERATION
            CFG-02|block|change r32 COMMON_CFG DEVICE_FEATURE to 0x00000000
            CFG-05|block,layout=legacy|drop r32 legacy config CAPACITY low
            BLK-03|block|before w8 COMMON_CFG DEVICE_STATUS 0x0b: r8 BAR4+0x2020 0x00
            NET-08|net|before w16 NOTIFY_CFG QUEUE_NOTIFY: w8 BAR4+0x2000 0x00
            NET-10|net|drop all r16 DEVICE_CFG STATUS
            LEG-05|block,layout=legacy|before w8 legacy DEVICE_STATUS 0x07: r32 BAR0+0x14 0x0
            COM-11|entropy|before w16 NOTIFY_CFG QUEUE_NOTIFY: w16 BAR4+0x12 0x1
            COM-12|entropy|change w16 COMMON_CFG QUEUE_SIZE to 0x00ff
            COM-13|entropy|drop w32 COMMON_CFG QUEUE_DESC high
            COM-15|entropy|before w16 NOTIFY_CFG QUEUE_NOTIFY: w16 BAR4+0x1c 0x0
            COM-16|entropy,offer=all|drop all r16 COMMON_CFG QUEUE_RESET 0x0000
            VQR-03|entropy,offer=all|drop all r16 COMMON_CFG QUEUE_RESET 0x0000
            VQR-05|entropy,offer=all|drop last w32 COMMON_CFG QUEUE_DESC low
            SPL-01|entropy|change w32 COMMON_CFG QUEUE_DESC low to 0x00000008
            PAC-01|entropy,offer=all|change w32 COMMON_CFG QUEUE_DRIVER low to 0x00000002
            LEG-09|entropy,layout=legacy|change r16 legacy QUEUE_SIZE to 0x8000
            LEG-12|entropy,layout=legacy|change w32 legacy QUEUE_PFN to 0x00000007
            NOT-05|entropy|before w16 NOTIFY_CFG QUEUE_NOTIFY: r8 BAR4+0x1000 0x00
            NOT-13|entropy|change w16 COMMON_CFG QUEUE_MSIX_VECTOR to 0x0077
            NOT-14|entropy|drop all r16 COMMON_CFG QUEUE_MSIX_VECTOR
            NOT-15|entropy|before w16 NOTIFY_CFG QUEUE_NOTIFY: w32 BAR4+0x3000 0x0
            NOT-16|entropy|change w16 NOTIFY_CFG QUEUE_NOTIFY to 0x0009
            PCI-14|entropy|before w16 NOTIFY_CFG QUEUE_NOTIFY: r16 BAR4+0x14 0x0f
            CAP-06|entropy|before w16 NOTIFY_CFG QUEUE_NOTIFY: w8 config+0x44 0x00
            CAP-25|block pci-cfg|before w8 COMMON_CFG DEVICE_STATUS 0x0f: w32 config+0x8c 0x2 & \
            w32 config+0x90 0x4 & r32 config+0x94 0x0
            CAP-26|block pci-cfg|before w8 COMMON_CFG DEVICE_STATUS 0x0f: w32 config+0x8c 0x5000 & \
            w32 config+0x90 0x4 & r32 config+0x94 0x0
            LEG-02|entropy,layout=legacy|before w8 legacy DEVICE_STATUS 0x07: r32 BAR1+0x0 0x0
            SED-06|entropy,layout=transitional|before w8 COMMON_CFG DEVICE_STATUS 0x0f: w32 BAR0+0x8 0x1
            SED-07|entropy,layout=mail-fast-isr|before w16 virtio-pci QUEUE_NOTIFY: r8 BAR1+0x44 0x0
            SED-13|entropy,layout=register-set,msix-dwords=on|before w16 virtio-pci QUEUE_NOTIFY: \
            w32 BAR1+0x380 0x0
            """;

    record Case(String rule, String device, String edit) {

        static Case parse(String line) {
            String[] parts = line.split("\\|", 3);
            return new Case(parts[0], parts[1], parts[2]);
        }

        Trace good() {
            String[] words = device.split(" ", 2);
            Policy policy = words.length > 1 ? Policy.parse(words[1]) : Policy.AUTO;
            RecordingFunction.InMemory memory =
                    RecordingFunction.inMemory(EmulatedDevices.parse(words[0]), 10_000);
            try {
                DriverRun.run(memory.function(), policy, true);
            } catch (LayoutException refused) {
                assertFalse(!device.contains("fault="), refused.getMessage());
            }
            return memory.trace();
        }

        TraceRule theRule() {
            return TraceRules.all().stream()
                    .filter(candidate -> candidate.id().equals(rule))
                    .findFirst()
                    .orElseThrow();
        }
    }

    static Stream<Case> broken() {
        return BROKEN.lines().map(Case::parse);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aTraceThatBreaksTheRuleIsFoundOut(Case test) {
        Trace good = test.good();
        assertFalse(test.theRule().verdict(good) instanceof Violated, "before the change");

        Trace bad = new Tampering(good).with(test.edit());

        Violated violated = assertInstanceOf(Violated.class, test.theRule().verdict(bad));
        assertFalse(violated.why().isEmpty());
    }

    @Test
    void aTraceWithoutItsBeginningDecidesNothing() {
        Trace whole = Recorded.run("entropy");
        Trace end = new Trace(whole.header(), 7, whole.events().subList(60, 70));
        assertTrue(
                TraceRules.verdicts(end).values().stream()
                        .allMatch(DoesNotApply.class::isInstance));
    }

    @Test
    void everyRuleIsBrokenOnce() {
        List<String> rules = TraceRules.all().stream().map(TraceRule::id).toList();
        assertEquals(
                new TreeSet<>(rules),
                broken().map(Case::rule).collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(67, rules.size());
    }
}
