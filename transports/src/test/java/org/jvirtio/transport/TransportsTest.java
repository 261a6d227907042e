package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceStatus;
import org.jvirtio.DeviceType;
import org.jvirtio.Doorbell;
import org.jvirtio.FeatureSet;
import org.jvirtio.InterruptMode;
import org.jvirtio.LayoutException;
import org.jvirtio.QueueAddresses;
import org.jvirtio.Register;
import org.jvirtio.Registers;
import org.jvirtio.RingFeature;
import org.jvirtio.Transport;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.pci.Window;

/**
 * What every transport does alike, and which windows each one opens: those of its layout, no more
 * of them than it uses, and no other (one or the other, as the mail of 2011 has it).
 */
class TransportsTest {

    private static final Window BAR0 = new Window(ScriptedFunction.PORTS, 0, 0x40);
    private static final Window COMMON = memory(0, 0x1000);
    private static final Window ISR = memory(0x1000, 0x1000);
    private static final Window DEVICE = memory(0x2000, 0x1000);
    private static final Window DOORBELLS = memory(0x3000, 0x1000);
    private static final Window LEGACY_ISR = new Window(ScriptedFunction.PORTS, 19, 1);
    private static final FeatureSet VERSION_1 = FeatureSet.of(RingFeature.VERSION_1);

    private final ScriptedFunction function = new ScriptedFunction();
    private final ByteRegisters common = new ByteRegisters(RegisterSetRegister.LENGTH);

    static List<VirtioLayout> everyLayout() {
        return List.of(
                new VirtioLayout.Legacy(BAR0), registerSets(Optional.of(LEGACY_ISR)), virtio1());
    }

    @BeforeEach
    void aDeviceWithTwoQueuesInMemory() {
        common.answer(CommonRegister.NUM_QUEUES, 2)
                .answer(CommonRegister.DEVICE_FEATURE, 0, 1, 0)
                .answer(CommonRegister.QUEUE_NOTIFY_OFF, 1);
        common.write16(CommonRegister.QUEUE_SIZE.offset(), 64);
        function.put(ScriptedFunction.MEMORY, 0, common);
    }

    @ParameterizedTest
    @MethodSource("everyLayout")
    void closingResetsTheDeviceBeforeTheFunctionIsClosed(VirtioLayout layout) {
        Transport transport = Transports.open(function, DeviceType.BLOCK, layout);
        transport.addStatus(DeviceStatus.DRIVER);

        transport.close();
        transport.close();

        assertEquals(0, transport.status());
        assertEquals(List.of("close"), function.events);
    }

    /** Q6: settleCapacity refuses the queue if that did not help either. */
    @ParameterizedTest
    @MethodSource("everyLayout")
    void q6AQueueThatSurvivedTheResetMakesItResetAgainOnce(VirtioLayout layout) {
        boolean legacy = layout instanceof VirtioLayout.Legacy;
        Register status = legacy ? LegacyRegister.DEVICE_STATUS : CommonRegister.DEVICE_STATUS;
        Register enabled = legacy ? LegacyRegister.QUEUE_PFN : CommonRegister.QUEUE_ENABLE;
        Registers registers = mock(Registers.class);
        when(registers.length()).thenReturn(0x48L);
        when(registers.read(enabled)).thenReturn(1);
        function.put(legacy ? ScriptedFunction.PORTS : ScriptedFunction.MEMORY, 0, registers);
        Transport transport = Transports.open(function, DeviceType.BLOCK, layout);

        transport.reset();

        verify(registers, times(2)).write(status, 0);
    }

    @ParameterizedTest
    @MethodSource("everyLayout")
    void theFunctionMayReachMemoryFromDriverOkOnOnly(VirtioLayout layout) {
        Transport transport = Transports.open(function, DeviceType.BLOCK, layout);

        transport.reset();
        transport.addStatus(DeviceStatus.ACKNOWLEDGE);
        transport.addStatus(DeviceStatus.DRIVER);
        assertEquals(3, function.config.read16(4));
        transport.addStatus(DeviceStatus.DRIVER_OK);
        assertEquals(7, function.config.read16(4));
    }

    /** Whoever holds the queues has to end their use, and so has to see it. */
    @ParameterizedTest
    @MethodSource("everyLayout")
    void theStatusOfADeviceThatIsGoneIsToldButNotActedUpon(VirtioLayout layout) {
        common.answer(CommonRegister.DEVICE_STATUS, 0xff);
        function.put(
                ScriptedFunction.PORTS,
                0,
                new ByteRegisters(0x40).answer(LegacyRegister.DEVICE_STATUS, 0xff));
        Transport transport = Transports.open(function, DeviceType.BLOCK, layout);

        assertEquals(0xff, transport.status());
        assertThrows(DeviceBrokenException.class, () -> transport.addStatus(DeviceStatus.DRIVER));
        assertThrows(DeviceBrokenException.class, transport::reset);
    }

    @ParameterizedTest
    @MethodSource("everyLayout")
    void aTransportSaysWhatItDrivesAndThrough(VirtioLayout layout) {
        Transport transport = Transports.open(function, DeviceType.BLOCK, layout);

        assertEquals(DeviceType.BLOCK, transport.deviceType());
        assertTrue(transport.description().contains("scripted:0"), transport.description());
    }

    @Test
    void virtio1OpensNoMoreThanItUses() {
        Transport transport = Transports.open(function, DeviceType.BLOCK, virtio1());

        assertEquals(List.of(memory(0, 64), DEVICE, memory(0x1000, 1)), function.opened);
        enableQueue(transport, 1);
        assertEquals(memory(0x3004, 2), function.opened.get(3));
    }

    @Test
    void registerSetsOpenTheSetTheConfigurationAndTheOneByteOfTheIsr() {
        Transports.open(function, DeviceType.BLOCK, registerSets(Optional.of(LEGACY_ISR)));

        assertEquals(List.of(memory(0, 0x48), DEVICE, LEGACY_ISR), function.opened);
    }

    @Test
    void registerSetsWithoutIsrSetUseTheByteInTheFirstSet() {
        function.interrupts.hasPin = true;
        common.answer(RegisterSetRegister.ISR_STATUS, IsrBit.CONFIG.mask());
        Transport transport =
                Transports.open(function, DeviceType.BLOCK, registerSets(Optional.empty()));
        transport.enableInterrupts(1, InterruptMode.INTX);

        function.interrupts.pin.raised.raise();

        assertTrue(transport.configInterrupt().await(0));
        assertEquals(List.of(memory(0, 0x48), DEVICE), function.opened);
    }

    @Test
    void registerSetsHaveOneDoorbellForAllQueues() {
        Transport transport =
                Transports.open(function, DeviceType.BLOCK, registerSets(Optional.empty()));

        enableQueue(transport, 1).ring(0);

        assertEquals(1, common.read(RegisterSetRegister.QUEUE_NOTIFY));
        assertEquals(2, function.opened.size());
    }

    @Test
    void throughPciCfgNoBarIsOpened() {
        VirtioLayout layout =
                new VirtioLayout.Virtio1(
                        COMMON, DOORBELLS, 4, ISR, Optional.of(DEVICE), Optional.of(0x70));

        Transport transport = Transports.open(function, DeviceType.BLOCK, layout);
        function.config.set(0x80, 0x0b);

        assertEquals(0x0b, transport.status());
        assertEquals(List.of(), function.opened);
        assertEquals(4, function.config.read8(0x74));
        assertEquals(0x14, function.config.read32(0x78));
        assertEquals(1, function.config.read32(0x7c));
    }

    @Test
    void aDeviceWithoutConfigurationShowsNone() {
        VirtioLayout layout =
                new VirtioLayout.Virtio1(
                        COMMON, DOORBELLS, 4, ISR, Optional.empty(), Optional.empty());

        assertEquals(
                0,
                Transports.open(function, DeviceType.ENTROPY, layout).config().fields().length());
    }

    @Test
    void q7AQueueWhoseDoorbellIsOutsideIsNotEnabled() {
        common.answer(CommonRegister.QUEUE_NOTIFY_OFF, 0x400);
        Transport transport = Transports.open(function, DeviceType.BLOCK, virtio1());

        assertThrows(LayoutException.class, () -> enableQueue(transport, 0));

        assertEquals(0, common.read(CommonRegister.QUEUE_ENABLE));
    }

    @Test
    void resetForgetsWhatWasNegotiated() {
        Transport transport = Transports.open(function, DeviceType.BLOCK, virtio1());
        transport.acceptFeatures(VERSION_1);
        assertEquals("PHYSICAL", transport.dmaMemory().description());
        transport.settleCapacity(0, 64);

        transport.reset();

        assertThrows(IllegalStateException.class, transport::dmaMemory);
        assertThrows(
                IllegalStateException.class,
                () -> transport.enableQueue(0, new QueueAddresses(0, 0, 0)));
    }

    @Test
    void aFunctionWhoseLayoutCannotBeOpenedIsClosed() {
        VirtioLayout layout =
                new VirtioLayout.Virtio1(
                        memory(0, 55), DOORBELLS, 4, ISR, Optional.empty(), Optional.empty());

        LayoutException refused =
                assertThrows(
                        LayoutException.class,
                        () -> Transports.open(function, DeviceType.BLOCK, layout));

        assertTrue(refused.getMessage().contains("0x38 bytes are needed"), refused.getMessage());
        assertEquals(List.of("close"), function.events);
        assertEquals(List.of(), function.opened);
    }

    private static Doorbell enableQueue(Transport transport, int queue) {
        assertEquals(64, transport.settleCapacity(queue, 64));
        return transport.enableQueue(queue, new QueueAddresses(0x1000, 0x2000, 0x3000));
    }

    private static VirtioLayout registerSets(Optional<Window> isr) {
        return new VirtioLayout.RegisterSets(memory(0, 0x100), Optional.of(DEVICE), isr);
    }

    private static VirtioLayout virtio1() {
        return new VirtioLayout.Virtio1(
                COMMON, DOORBELLS, 4, ISR, Optional.of(DEVICE), Optional.empty());
    }

    private static Window memory(long offset, long length) {
        return new Window(ScriptedFunction.MEMORY, offset, length);
    }
}
