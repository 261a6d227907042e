package org.jvirtio.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.Registers;
import org.jvirtio.dump.DumpFunction;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.ConfigSnapshot;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Policy;
import org.openjdk.jol.info.GraphLayout;

/**
 * A choice allocates its result, and little else: values that become words when they are printed.
 * What only this choice refers to is found by taking away what another one, made of the same bytes,
 * refers to as well.
 */
class ChoiceAllocationTest {

    private static final int WARM_UP = 30_000;
    private static final int CHOICES = 10_000;

    /**
     * The lists that a choice is collected in, the searches that fill them, and one copy of each
     * list as it becomes immutable. Text made too early would cost ten thousand bytes.
     */
    private static final long MOST_BESIDES = 3 << 10;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private LayoutChoice last;

    /** So that JOL looks into records, and into nobody else's process. */
    @BeforeAll
    static void letJolLookIntoRecords() {
        System.setProperty("jol.magicFieldOffset", "true");
        System.setProperty("jol.skipDynamicAttach", "true");
        System.setProperty("jol.skipHotspotSAAttach", "true");
    }

    static Stream<String> devices() {
        return EmulatedDevices.all().stream();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aChoiceAllocatesItsResultAndLittleElse(String device) {
        Registers config = saved(device);
        List<Bar> bars = bars(device);
        for (Policy policy : List.of(Policy.AUTO, Policy.parse("legacy-first"))) {
            choose(WARM_UP, config, bars, policy);
            long before = thread.getCurrentThreadAllocatedBytes();
            choose(CHOICES, config, bars, policy);
            long allocated = (thread.getCurrentThreadAllocatedBytes() - before) / CHOICES;
            long result = onlyOf(config, bars, policy).totalSize();

            assertTrue(
                    allocated >= result && allocated - result <= MOST_BESIDES,
                    policy + ": " + allocated + " bytes for a choice of " + result);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aChoiceMakesNoText(String device) {
        GraphLayout own = onlyOf(saved(device), bars(device), Policy.AUTO);

        assertTrue(own.totalCount() > 20, own::toFootprint);
        assertEquals(0, own.getClassCounts().count(String.class), own::toFootprint);
    }

    private void choose(int times, Registers config, List<Bar> bars, Policy policy) {
        for (int i = 0; i < times; i++) {
            last = LayoutChoice.of("function", config, bars, policy);
        }
        assertTrue(last.layout().isPresent());
    }

    private static GraphLayout onlyOf(Registers config, List<Bar> bars, Policy policy) {
        LayoutChoice one = LayoutChoice.of("function", config, bars, policy);
        LayoutChoice other = LayoutChoice.of("function", config, bars, policy);
        return GraphLayout.parseInstance(one).subtract(GraphLayout.parseInstance(other));
    }

    /** The bytes of a model, so that what a model allocates is not counted. */
    private static Registers saved(String device) {
        try (EmulatedFunction function = EmulatedDevices.parse(device)) {
            ConfigSnapshot snapshot = ConfigSnapshot.of(function.config());
            byte[] bytes = new byte[snapshot.length()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (snapshot.has(i) ? snapshot.read8(i) : 0);
            }
            return new DumpFunction(device, bytes).config();
        }
    }

    private static List<Bar> bars(String device) {
        try (EmulatedFunction function = EmulatedDevices.parse(device)) {
            return List.copyOf(function.bars());
        }
    }
}
