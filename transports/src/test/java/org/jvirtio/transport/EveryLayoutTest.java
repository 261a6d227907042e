package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.DeviceStatus;
import org.jvirtio.DeviceType;
import org.jvirtio.FeatureSet;
import org.jvirtio.InterruptMode;
import org.jvirtio.InterruptPlan;
import org.jvirtio.Registers;
import org.jvirtio.RingFeature;
import org.jvirtio.Transport;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.model.BlockModel;
import org.jvirtio.model.BlockOptions;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.model.EntropyModel;
import org.jvirtio.model.FunctionOptions;
import org.jvirtio.model.MemoryBacking;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Policy;
import org.jvirtio.queue.Chain;
import org.jvirtio.queue.QueueSetup;
import org.jvirtio.queue.SplitQueueMemory;
import org.jvirtio.queue.UsedLengths;
import org.jvirtio.queue.Virtqueue;

/**
 * Every layout with every interrupt mode, against a device that restates the specification on its
 * own: from the choice of the layout to random bytes, in the order of section 3.1.
 */
class EveryLayoutTest {

    private static final long SEED = 11;
    private static final long SECOND = 1_000_000_000L;

    /** What the function shows, which layout is taken, and how interrupts come. */
    record Case(String shown, String policy, int vectors, InterruptMode mode) {

        EmulatedFunction function() {
            FunctionOptions options = new FunctionOptions().layout(shown).vectors(vectors);
            return new EmulatedFunction("emulated:entropy", new EntropyModel(SEED), options);
        }
    }

    static Stream<Case> everyLayoutAndMode() {
        List<Case> cases = new ArrayList<>();
        for (InterruptMode mode : InterruptMode.values()) {
            cases.add(new Case("legacy", "auto", 2, mode));
            cases.add(new Case("transitional", "legacy", 2, mode));
            cases.add(new Case("transitional", "auto", 2, mode));
            cases.add(new Case("virtio1", "virtio1", 2, mode));
            cases.add(new Case("virtio1", "pci-cfg", 2, mode));
            cases.add(new Case("register-set", "auto", 2, mode));
            cases.add(new Case("mail-transitional", "register-set", 2, mode));
            cases.add(new Case("mail-transitional", "legacy", 2, mode));
            cases.add(new Case("legacy+register-set+virtio1", "register-set", 2, mode));
        }
        // These two of the mail have no MSI-X.
        for (InterruptMode mode : List.of(InterruptMode.INTX, InterruptMode.POLLING)) {
            cases.add(new Case("mail-fast-isr", "auto", 0, mode));
            cases.add(new Case("mail-slow-isr", "auto", 0, mode));
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("everyLayoutAndMode")
    void bytesComeThroughTheQueueAndTheInterruptTellsOfThem(Case test) {
        EmulatedFunction function = test.function();
        Transport transport = open(function, test.policy(), DeviceType.ENTROPY);
        acceptLeast(transport);
        assertEquals(
                new InterruptPlan(test.mode(), List.of()),
                transport.enableInterrupts(1, test.mode()));
        SplitQueueMemory memory = start(transport);
        Virtqueue queue = queue(transport, memory);
        transport.addStatus(DeviceStatus.DRIVER_OK);

        for (int request = 0; request < 3; request++) {
            expectBytes(transport, queue, request);
        }
        configurationChangeIsTold(function, transport, test.mode());
        transport.close();

        assertEquals(List.of(), function.complaints().list());
        assertEquals(1, function.touchedLayouts().size(), "one or the other, never both");
    }

    /** The capacity is the first field; in the legacy layout it moves when MSI-X is switched. */
    @ParameterizedTest
    @MethodSource("everyLayoutAndMode")
    void theConfigurationReadsTheSameBeforeAndAfterInterruptsAreSwitched(Case test) {
        long sectors = 0x1234;
        BlockModel model = new BlockModel(new MemoryBacking(sectors * 512), new BlockOptions());
        FunctionOptions options =
                new FunctionOptions().layout(test.shown()).vectors(test.vectors());
        EmulatedFunction function = new EmulatedFunction("emulated:block", model, options);
        try (Transport transport = open(function, test.policy(), DeviceType.BLOCK)) {
            acceptLeast(transport);

            assertEquals(sectors, capacity(transport));
            transport.enableInterrupts(1, test.mode());
            assertEquals(sectors, capacity(transport));
            transport.enableInterrupts(1, InterruptMode.POLLING);
            assertEquals(sectors, capacity(transport));
        }
        assertEquals(List.of(), function.complaints().list());
    }

    @Test
    void aSecondRunAfterAResetFindsTheDeviceAsNew() {
        EmulatedFunction function = new Case("transitional", "auto", 2, null).function();
        Transport transport = open(function, "auto", DeviceType.ENTROPY);
        for (int run = 0; run < 2; run++) {
            acceptLeast(transport);
            transport.enableInterrupts(1, InterruptMode.VECTOR_PER_QUEUE);
            SplitQueueMemory memory = start(transport);
            Virtqueue queue = queue(transport, memory);
            transport.addStatus(DeviceStatus.DRIVER_OK);
            expectBytes(transport, queue, run);
            transport.reset();
            memory.region().close();
        }
        transport.close();

        assertEquals(List.of(), function.complaints().list());
    }

    @ParameterizedTest
    @MethodSource("everyLayoutAndMode")
    void aQueueThatTheDeviceDoesNotHaveIsToldSo(Case test) {
        try (Transport transport = open(test.function(), test.policy(), DeviceType.ENTROPY)) {
            acceptLeast(transport);

            assertEquals(0, transport.settleCapacity(1, 64));
        }
    }

    private static Transport open(EmulatedFunction function, String policy, DeviceType type) {
        return Transports.open(
                function, type, LayoutChoice.of(function, Policy.parse(policy)).require());
    }

    private static long capacity(Transport transport) {
        Registers fields = transport.config().fields();
        return transport
                .config()
                .consistent(
                        () ->
                                (fields.read32(4) & 0xffffffffL) << 32
                                        | (fields.read32(0) & 0xffffffffL));
    }

    private static void acceptLeast(Transport transport) {
        transport.reset();
        transport.addStatus(DeviceStatus.ACKNOWLEDGE);
        transport.addStatus(DeviceStatus.DRIVER);
        FeatureSet least = FeatureSet.of(RingFeature.VERSION_1, RingFeature.ANY_LAYOUT);
        transport.acceptFeatures(transport.offeredFeatures().and(least));
    }

    private static SplitQueueMemory start(Transport transport) {
        int capacity = transport.settleCapacity(0, 64);
        return SplitQueueMemory.allocate(transport.dmaMemory(), capacity, 0);
    }

    private static Virtqueue queue(Transport transport, SplitQueueMemory memory) {
        return memory.open(
                new QueueSetup(
                        "queue 0",
                        FeatureSet.NONE,
                        UsedLengths.STRICT,
                        transport.enableQueue(0, memory.addresses())));
    }

    private static void expectBytes(Transport transport, Virtqueue queue, int request) {
        int length = 16;
        try (DmaRegion buffer = transport.dmaMemory().allocate(length, 16)) {
            assertFalse(queue.enableInterrupts());
            queue.offer(new Chain(1).writable(buffer.deviceAddress(), length), request);
            queue.publish();
            assertTrue(queue.ringIfAsked());

            assertTrue(transport.queueInterrupt(0).await(SECOND), "interrupt");
            assertTrue(queue.poll());
            assertEquals(request, queue.token());
            assertEquals(length, queue.usedLength());
            for (int i = 0; i < length; i++) {
                long index = (long) request * length + i;
                int expected = EntropyModel.byteAt(SEED, index) & 0xff;
                assertEquals(expected, buffer.memory().read8(i), "byte " + i);
            }
        }
    }

    private static void configurationChangeIsTold(
            EmulatedFunction function, Transport transport, InterruptMode mode) {
        boolean polling = mode == InterruptMode.POLLING;
        assertEquals(polling, transport.configInterrupt().await(0), "before");
        function.locked(function::configChanged);
        assertTrue(transport.configInterrupt().await(SECOND), "after");
        assertEquals(polling, transport.queueInterrupt(0).await(0), "queue");
    }
}
