package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.FeatureSet;
import org.jvirtio.LayoutException;
import org.jvirtio.QueueAddresses;
import org.jvirtio.Registers;
import org.jvirtio.RingFeature;
import org.mockito.InOrder;

/** Virtio 1.4 section 4.1.4.3.2: size, vector and addresses come before queue_enable. */
class CommonQueuesTest {

    private static final QueueAddresses ADDRESSES =
            new QueueAddresses(0x1_0000_0000L, 0x2_0000_0000L, 0x3_0000_0000L);

    private final ByteRegisters device = new ByteRegisters(64);

    @BeforeEach
    void twoQueues() {
        device.answer(CommonRegister.NUM_QUEUES, 2);
    }

    @Test
    void theSizeIsWrittenAndReadBack() {
        Registers registers = mock(Registers.class);
        when(registers.read(CommonRegister.NUM_QUEUES)).thenReturn(2);
        when(registers.read(CommonRegister.QUEUE_SIZE)).thenReturn(256, 64);

        assertEquals(64, over(registers).settleCapacity(1, 64));

        InOrder order = inOrder(registers);
        order.verify(registers).read(CommonRegister.NUM_QUEUES);
        order.verify(registers).write(CommonRegister.QUEUE_SELECT, 1);
        order.verify(registers).read(CommonRegister.QUEUE_SIZE);
        order.verify(registers).read(CommonRegister.QUEUE_ENABLE);
        order.verify(registers).write(CommonRegister.QUEUE_SIZE, 64);
        order.verify(registers).read(CommonRegister.QUEUE_SIZE);
        order.verifyNoMoreInteractions();
    }

    @Test
    void theEnableBitIsWrittenLast() {
        Registers registers = mock(Registers.class);
        when(registers.read(CommonRegister.NUM_QUEUES)).thenReturn(2);
        when(registers.read(CommonRegister.QUEUE_SIZE)).thenReturn(256);
        CommonQueues queues = over(registers);
        queues.settleCapacity(1, 256);
        org.mockito.Mockito.clearInvocations(registers);

        queues.enable(1, ADDRESSES);

        InOrder order = inOrder(registers);
        order.verify(registers).write(CommonRegister.QUEUE_SELECT, 1);
        order.verify(registers).write64(CommonRegister.QUEUE_DESC, 0x1_0000_0000L);
        order.verify(registers).write64(CommonRegister.QUEUE_DRIVER, 0x2_0000_0000L);
        order.verify(registers).write64(CommonRegister.QUEUE_DEVICE, 0x3_0000_0000L);
        order.verify(registers).write(CommonRegister.QUEUE_ENABLE, 1);
        order.verifyNoMoreInteractions();
    }

    @Test
    void aVectorIsWrittenForTheSelectedQueueAndReadBack() {
        Registers registers = mock(Registers.class);
        when(registers.read(CommonRegister.QUEUE_MSIX_VECTOR)).thenReturn(0xffff);

        assertEquals(VectorRegisters.NO_VECTOR, over(registers).mapQueue(1, 2));

        InOrder order = inOrder(registers);
        order.verify(registers).write(CommonRegister.QUEUE_SELECT, 1);
        order.verify(registers).write(CommonRegister.QUEUE_MSIX_VECTOR, 2);
        order.verify(registers).read(CommonRegister.QUEUE_MSIX_VECTOR);
        order.verifyNoMoreInteractions();
    }

    @ParameterizedTest
    @CsvSource({"256, 1024, 256", "1024, 256, 256", "1, 1, 1", "32768, 32768, 32768"})
    void theSizeIsWhatIsWantedOrTheMostThatIsOffered(int offered, int wanted, int settled) {
        device.write16(CommonRegister.QUEUE_SIZE.offset(), offered);

        assertEquals(settled, over(device).settleCapacity(0, wanted));
    }

    @Test
    void q1AQueueBeyondTheirNumberOrOfSizeZeroDoesNotExist() {
        assertEquals(0, over(device).settleCapacity(0, 64));
        device.write16(CommonRegister.QUEUE_SIZE.offset(), 64);
        assertEquals(0, over(device).settleCapacity(2, 64));
        assertEquals(64, over(device).settleCapacity(1, 64));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 255, 40960, 65535})
    void q2ASizeThatNoQueueCanHaveIsRefused(int size) {
        device.answer(CommonRegister.QUEUE_SIZE, size);

        LayoutException refused =
                assertThrows(LayoutException.class, () -> over(device).settleCapacity(0, 64));

        assertTrue(refused.getMessage().contains(size + " entries"), refused.getMessage());
    }

    @Test
    void q3AnotherSizeThanWasAskedForIsUsedIfAQueueCanHaveIt() {
        device.answer(CommonRegister.QUEUE_SIZE, 256, 128);

        assertEquals(128, over(device).settleCapacity(0, 64));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 63, 65535})
    void q3AnAnswerThatNoQueueCanHaveIsRefused(int answer) {
        device.answer(CommonRegister.QUEUE_SIZE, 256, answer);

        assertThrows(LayoutException.class, () -> over(device).settleCapacity(0, 64));
    }

    @Test
    void q2OnlyAPackedQueueMayHaveAnySize() {
        device.answer(CommonRegister.QUEUE_SIZE, 100, 100);

        assertEquals(100, packed(device).settleCapacity(0, 256));
        assertEquals(100, device.read16(CommonRegister.QUEUE_SIZE.offset()));
        assertThrows(LayoutException.class, () -> over(device).settleCapacity(0, 256));
    }

    @Test
    void q6AQueueThatIsEnabledAlreadyIsRefused() {
        device.answer(CommonRegister.QUEUE_SIZE, 64).answer(CommonRegister.QUEUE_ENABLE, 1);

        LayoutException refused =
                assertThrows(LayoutException.class, () -> over(device).settleCapacity(0, 64));

        assertTrue(refused.getMessage().contains("enabled already"), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"-1, 64", "65536, 64", "0, 0", "0, 32769", "0, 65536", "0, -2147483648"})
    void wishesThatNoQueueCanFulfilAreOurOwnMistake(int queue, int wanted) {
        assertThrows(
                IllegalArgumentException.class, () -> over(device).settleCapacity(queue, wanted));
    }

    @Test
    void aQueueIsEnabledOnceAndOnlyWhenItsSizeIsSettled() {
        device.write16(CommonRegister.QUEUE_SIZE.offset(), 64);
        CommonQueues queues = over(device);

        assertThrows(IllegalStateException.class, () -> queues.enable(0, ADDRESSES));
        queues.settleCapacity(0, 64);
        queues.clear();
        assertThrows(IllegalStateException.class, () -> queues.enable(0, ADDRESSES));
    }

    @Test
    void theDoorbellValueIsTheQueueUnlessTheDeviceMayChooseIt() {
        device.answer(CommonRegister.QUEUE_NOTIF_CONFIG_DATA, 0x1234);

        assertEquals(new DoorbellWord(1, false), over(device).doorbellWord(1));
        assertEquals(
                new DoorbellWord(0x1234, false),
                accepting(device, RingFeature.NOTIF_CONFIG_DATA).doorbellWord(1));
    }

    @Test
    void aStructureTooShortForTheDoorbellValueIsRefused() {
        ByteRegisters old = new ByteRegisters(CommonRegister.SHORTEST);

        assertThrows(
                LayoutException.class,
                () -> accepting(old, RingFeature.NOTIF_CONFIG_DATA).doorbellWord(0));
    }

    /** Section 4.1.5.2: with NOTIFICATION_DATA the position stands above the queue's index. */
    @Test
    void theDoorbellTellsThePositionIfTheDeviceWantsIt() {
        CommonQueues queues = accepting(device, RingFeature.NOTIFICATION_DATA);
        ByteRegisters bell = new ByteRegisters(4);

        queues.doorbellWord(1).at(bell, SingleRegister.QUEUE_NOTIFY_DATA).ring(0x8003);

        assertEquals(0x8003_0001, bell.read32(0));
    }

    /** Section 4.1.4.3.1: the reset is over when queue_reset reads 0, not before. */
    @Test
    void aQueueResetIsOverWhenTheDeviceSaysSo() {
        Registers registers = mock(Registers.class);
        when(registers.read(CommonRegister.QUEUE_RESET)).thenReturn(1, 1, 0);

        over(registers).reset(1);

        InOrder order = inOrder(registers);
        order.verify(registers).write(CommonRegister.QUEUE_SELECT, 1);
        order.verify(registers).write(CommonRegister.QUEUE_RESET, 1);
        order.verify(registers, org.mockito.Mockito.times(3)).read(CommonRegister.QUEUE_RESET);
        order.verify(registers).read(CommonRegister.QUEUE_ENABLE);
        order.verifyNoMoreInteractions();
    }

    @Test
    void aQueueResetThatNeverEndsIsATimeout() {
        device.answer(CommonRegister.QUEUE_RESET, 1);

        DeviceTimeoutException stuck =
                assertThrows(DeviceTimeoutException.class, () -> over(device).reset(0));

        assertTrue(stuck.getMessage().contains("queue_reset reads 1"), stuck.getMessage());
    }

    @Test
    void aStructureTooShortForTheQueueResetIsRefused() {
        ByteRegisters old = new ByteRegisters(CommonRegister.SHORTEST);

        assertThrows(
                LayoutException.class,
                () -> accepting(old, RingFeature.RING_RESET).settleCapacity(0, 64));
    }

    private static CommonQueues over(Registers registers) {
        return new CommonQueues("scripted:0", registers, features(registers));
    }

    private static CommonQueues packed(ByteRegisters registers) {
        return accepting(registers, RingFeature.RING_PACKED);
    }

    private static CommonQueues accepting(ByteRegisters registers, RingFeature feature) {
        FeatureSet set = FeatureSet.of(RingFeature.VERSION_1, feature);
        registers.answer(CommonRegister.DEVICE_FEATURE, set.window(0), set.window(1), 0);
        CommonFeatures features = features(registers);
        features.accept(set);
        return new CommonQueues("scripted:0", registers, features);
    }

    private static CommonFeatures features(Registers registers) {
        StatusRegister status =
                new StatusRegister(new ScriptedFunction(), registers, CommonRegister.DEVICE_STATUS);
        return new CommonFeatures("scripted:0", registers, status);
    }
}
