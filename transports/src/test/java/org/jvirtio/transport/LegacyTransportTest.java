package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceStatus;
import org.jvirtio.DeviceType;
import org.jvirtio.EnvironmentException;
import org.jvirtio.FeatureSet;
import org.jvirtio.InterruptMode;
import org.jvirtio.InterruptPlan;
import org.jvirtio.LayoutException;
import org.jvirtio.QueueAddresses;
import org.jvirtio.Registers;
import org.jvirtio.RingFeature;
import org.jvirtio.Transport;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.pci.Window;
import org.mockito.InOrder;

/**
 * Virtio 1.4 sections 4.1.4.10, 4.1.5.1.3.1 and 2.7.2: the order of stores, and hostile numbers.
 */
class LegacyTransportTest {

    private static final Window BAR0 = new Window(ScriptedFunction.PORTS, 0, 0x40);

    private final ScriptedFunction function = new ScriptedFunction();
    private final ByteRegisters device = new ByteRegisters(0x40);

    @Test
    void aQueueIsSelectedBeforeItsSizeAndPageNumberAreRead() {
        Registers registers = mock(Registers.class);
        when(registers.length()).thenReturn(0x40L);
        when(registers.read(LegacyRegister.QUEUE_SIZE)).thenReturn(256);
        Transport transport = over(registers);

        assertEquals(256, transport.settleCapacity(1, 64));

        InOrder order = inOrder(registers);
        order.verify(registers).write(LegacyRegister.QUEUE_SELECT, 1);
        order.verify(registers).read(LegacyRegister.QUEUE_SIZE);
        order.verify(registers).read(LegacyRegister.QUEUE_PFN);
        order.verifyNoMoreInteractions();
    }

    @Test
    void aQueueIsSelectedBeforeItsPageNumberIsGiven() {
        Registers registers = mock(Registers.class);
        when(registers.length()).thenReturn(0x40L);
        when(registers.read(LegacyRegister.QUEUE_SIZE)).thenReturn(256);
        Transport transport = over(registers);
        transport.settleCapacity(1, 256);
        InOrder order = inOrder(registers);
        order.verify(registers).read(LegacyRegister.QUEUE_PFN);

        transport.enableQueue(1, new QueueAddresses(0x5000, 0x6000, 0x7000)).ring(0);

        order.verify(registers).write(LegacyRegister.QUEUE_SELECT, 1);
        order.verify(registers).write(LegacyRegister.QUEUE_PFN, 5);
        order.verify(registers).write16(16, 1);
        order.verifyNoMoreInteractions();
    }

    @Test
    void vectorsAreWrittenAndReadBackQueueByQueue() {
        Registers registers = mock(Registers.class);
        when(registers.length()).thenReturn(0x40L);
        when(registers.read(LegacyRegister.QUEUE_MSIX_VECTOR)).thenReturn(1, 2);
        function.interrupts.table = 3;
        Transport transport = over(registers);
        InOrder order = inOrder(registers);

        InterruptPlan plan = transport.enableInterrupts(2, InterruptMode.VECTOR_PER_QUEUE);

        assertEquals(InterruptMode.VECTOR_PER_QUEUE, plan.mode());
        order.verify(registers).write(LegacyRegister.CONFIG_MSIX_VECTOR, 0);
        order.verify(registers).read(LegacyRegister.CONFIG_MSIX_VECTOR);
        for (int queue = 0; queue < 2; queue++) {
            order.verify(registers).write(LegacyRegister.QUEUE_SELECT, queue);
            order.verify(registers).write(LegacyRegister.QUEUE_MSIX_VECTOR, queue + 1);
            order.verify(registers).read(LegacyRegister.QUEUE_MSIX_VECTOR);
        }
        order.verifyNoMoreInteractions();
    }

    /** Otherwise the vectors would be written over the first bytes of the device configuration. */
    @Test
    void vectorsAreNotWrittenWhileTheFunctionSaysThatMsixIsOff() {
        function.interrupts.table = 3;
        function.interrupts.forgetsToEnable = true;
        device.set(20, 1, 2, 3, 4);

        InterruptPlan plan = over(device).enableInterrupts(2, InterruptMode.VECTOR_PER_QUEUE);

        assertEquals(InterruptMode.POLLING, plan.mode());
        assertTrue(plan.steps().get(0).contains("says that it is not"), plan.steps().get(0));
        assertEquals(0x04030201, device.read32(20));
    }

    @Test
    void q1AQueueOfSizeZeroDoesNotExist() {
        assertEquals(0, over(device).settleCapacity(0, 256));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 255, 40960, 65535})
    void q2ASizeThatNoQueueCanHaveIsRefused(int size) {
        device.answer(LegacyRegister.QUEUE_SIZE, size);

        LayoutException refused =
                assertThrows(LayoutException.class, () -> over(device).settleCapacity(0, 256));

        assertTrue(refused.getMessage().contains(size + " entries"), refused.getMessage());
    }

    @Test
    void q6AQueueThatHasAPageNumberAlreadyIsRefused() {
        device.answer(LegacyRegister.QUEUE_SIZE, 64).answer(LegacyRegister.QUEUE_PFN, 0x123);

        LayoutException refused =
                assertThrows(LayoutException.class, () -> over(device).settleCapacity(0, 64));

        assertTrue(refused.getMessage().contains("0x123"), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "8, 0x1000",
        "128, 0x1000",
        "256, 0x2000",
        "512, 0x3000",
        "1024, 0x5000",
    })
    void theUsedRingIsAtTheNextPageAfterTheAvailableRing(int size, String used) {
        device.answer(LegacyRegister.QUEUE_SIZE, size);
        Transport transport = over(device);
        transport.settleCapacity(0, size);
        long start = 0x10_0000;

        transport.enableQueue(
                0, new QueueAddresses(start, start + 16L * size, start + Long.decode(used)));

        assertEquals(0x100, device.read(LegacyRegister.QUEUE_PFN));
    }

    @ParameterizedTest
    @CsvSource({
        "0x5800, 0x6800, 0x8000", // not at a page
        "0x5000, 0x6010, 0x7000", // available ring elsewhere
        "0x5000, 0x6000, 0x8000", // used ring a page too far
        "0x5000, 0x6000, 0x6206" // used ring not at a page
    })
    void memoryOfAnotherShapeIsRefused(String descriptors, String driver, String used) {
        device.answer(LegacyRegister.QUEUE_SIZE, 256);
        Transport transport = over(device);
        transport.settleCapacity(0, 256);
        QueueAddresses addresses =
                new QueueAddresses(
                        Long.decode(descriptors), Long.decode(driver), Long.decode(used));

        assertThrows(IllegalArgumentException.class, () -> transport.enableQueue(0, addresses));
        assertEquals(0, device.read(LegacyRegister.QUEUE_PFN));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1L << 44, 1L << 62, Long.MIN_VALUE})
    void q5APageNumberThatDoesNotFitIsRefused(long start) {
        device.answer(LegacyRegister.QUEUE_SIZE, 256);
        Transport transport = over(device);
        transport.settleCapacity(0, 256);
        QueueAddresses addresses = new QueueAddresses(start, start + 0x1000, start + 0x2000);

        assertThrows(EnvironmentException.class, () -> transport.enableQueue(0, addresses));
    }

    @Test
    void theHighestPageNumberIsGiven() {
        device.answer(LegacyRegister.QUEUE_SIZE, 256);
        Transport transport = over(device);
        transport.settleCapacity(0, 256);
        long start = (1L << 44) - 0x1000;

        transport.enableQueue(0, new QueueAddresses(start, start + 0x1000, start + 0x2000));

        assertEquals(0xffffffff, device.read(LegacyRegister.QUEUE_PFN));
    }

    @Test
    void aQueueIsEnabledOnceAndOnlyWhenItsSizeIsSettled() {
        device.answer(LegacyRegister.QUEUE_SIZE, 256);
        Transport transport = over(device);
        QueueAddresses addresses = new QueueAddresses(0x5000, 0x6000, 0x7000);

        assertThrows(IllegalStateException.class, () -> transport.enableQueue(0, addresses));
        transport.settleCapacity(0, 256);
        transport.enableQueue(0, addresses);
        assertThrows(IllegalStateException.class, () -> transport.enableQueue(0, addresses));
    }

    @Test
    void featuresEndAtBitThirtyOne() {
        device.answer(LegacyRegister.DEVICE_FEATURES, 0x8000_0001);
        Transport transport = over(device);

        assertEquals(new FeatureSet(0x8000_0001L, 0), transport.offeredFeatures());
        transport.acceptFeatures(new FeatureSet(1, 0));
        assertEquals(1, device.read(LegacyRegister.DRIVER_FEATURES));
        assertEquals(0, transport.status());
        IllegalArgumentException beyond =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> transport.acceptFeatures(FeatureSet.of(RingFeature.VERSION_1)));
        assertTrue(beyond.getMessage().contains("VERSION_1"), beyond.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> transport.acceptFeatures(new FeatureSet(0, 1)));
    }

    @Test
    void featuresOfAllOnesMeanThatTheDeviceIsGone() {
        device.answer(LegacyRegister.DEVICE_FEATURES, -1)
                .answer(LegacyRegister.DEVICE_STATUS, 0xff);

        assertThrows(DeviceBrokenException.class, () -> over(device).offeredFeatures());
    }

    @Test
    void featuresOkIsNoBitOfTheLegacyStatus() {
        assertThrows(
                IllegalArgumentException.class,
                () -> over(device).addStatus(DeviceStatus.FEATURES_OK));
    }

    @Test
    void addressesAreGuestPhysical() {
        assertEquals("PHYSICAL", over(device).dmaMemory().description());
    }

    @Test
    void theConfigurationMovesWhenVectorsAreEnabled() {
        function.interrupts.table = 2;
        Transport transport = over(device);
        device.set(20, 0xaa).set(24, 0xbb);

        assertEquals(0xaa, transport.config().fields().read8(0));
        transport.enableInterrupts(1, InterruptMode.VECTOR_PER_QUEUE);
        assertEquals(0xbb, transport.config().fields().read8(0));
    }

    @Test
    void onlyBarZeroIsOpenedAndBothKindsOfBarAreDecoded() {
        over(device);

        assertEquals(List.of(BAR0), function.opened);
        assertEquals(3, function.config.read16(4));
    }

    @Test
    void aBarTooShortForTheVectorsIsRefusedOnlyWhereThereIsMsix() {
        VirtioLayout.Legacy layout =
                new VirtioLayout.Legacy(new Window(ScriptedFunction.PORTS, 0, 20));

        assertThrows(
                LayoutException.class, () -> Transports.open(function, DeviceType.ENTROPY, layout));
        ScriptedFunction without = new ScriptedFunction().withoutMsixCapability();
        assertEquals(
                0, Transports.open(without, DeviceType.ENTROPY, layout).config().fields().length());
    }

    private Transport over(Registers registers) {
        function.put(ScriptedFunction.PORTS, 0, registers);
        Transport transport =
                Transports.open(function, DeviceType.BLOCK, new VirtioLayout.Legacy(BAR0));
        return transport;
    }
}
