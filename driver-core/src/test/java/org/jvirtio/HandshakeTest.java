package org.jvirtio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.partner.PartnerConfig;
import org.jvirtio.partner.PartnerMemory;
import org.jvirtio.queue.SplitQueueMemory;
import org.mockito.InOrder;

/** Virtio 1.4 section 3.1.1: the steps, their order, and what happens when one fails. */
class HandshakeTest {

    private static final FeatureSet OFFERED =
            FeatureSet.of(RingFeature.VERSION_1, RingFeature.EVENT_IDX, RingFeature.UNUSED);

    private final Transport transport = mock(Transport.class);
    private final PartnerMemory memory = new PartnerMemory(1 << 20);
    private final DriverNeeds needs = DriverNeeds.of(DeviceType.ENTROPY).withQueues(2);

    @BeforeEach
    void answer() {
        when(transport.deviceType()).thenReturn(DeviceType.ENTROPY);
        when(transport.description()).thenReturn("a mock");
        when(transport.offeredFeatures()).thenReturn(OFFERED);
        when(transport.config()).thenReturn(new PartnerConfig(0));
        when(transport.dmaMemory()).thenReturn(memory);
        when(transport.enableInterrupts(anyInt(), any()))
                .thenReturn(
                        new InterruptPlan(
                                InterruptMode.INTX, List.of("no MSI-X: not in the list")));
        when(transport.settleCapacity(anyInt(), anyInt())).thenReturn(64);
        when(transport.enableQueue(anyInt(), any())).thenReturn(next -> {});
        when(transport.status()).thenReturn(0x0f);
    }

    @Test
    void takesTheStepsInTheOrderOfTheSpecification() {
        Handshake.run(transport, needs);

        InOrder order = inOrder(transport);
        order.verify(transport).reset();
        order.verify(transport).addStatus(DeviceStatus.ACKNOWLEDGE);
        order.verify(transport).addStatus(DeviceStatus.DRIVER);
        order.verify(transport).offeredFeatures();
        order.verify(transport)
                .acceptFeatures(FeatureSet.of(RingFeature.VERSION_1, RingFeature.EVENT_IDX));
        order.verify(transport).enableInterrupts(2, InterruptMode.VECTOR_PER_QUEUE);
        order.verify(transport).settleCapacity(0, 256);
        order.verify(transport).enableQueue(eq(0), any());
        order.verify(transport).settleCapacity(1, 256);
        order.verify(transport).enableQueue(eq(1), any());
        order.verify(transport).addStatus(DeviceStatus.DRIVER_OK);
        verify(transport, never()).close();
    }

    @Test
    void tellsWhatWasDecidedAndWhy() {
        List<String> decisions = Handshake.run(transport, needs).decisions();

        assertEquals(
                List.of(
                        missing("INDIRECT_DESC (bit 28)"),
                        "accepted EVENT_IDX (bit 29): the driver uses it",
                        "refused UNUSED (bit 30): it marks a broken old driver and is never"
                                + " accepted (section 6.3)",
                        "accepted VERSION_1 (bit 32): a driver must accept it (section 6.1)",
                        missing("RING_PACKED (bit 34)"),
                        missing("IN_ORDER (bit 35)"),
                        missing("NOTIFICATION_DATA (bit 38)"),
                        missing("NOTIF_CONFIG_DATA (bit 39)"),
                        missing("RING_RESET (bit 40)"),
                        "no MSI-X: not in the list",
                        "queue 0 has 64 entries, not 256: the device's size is what it is",
                        "queue 1 has 64 entries, not 256: the device's size is what it is"),
                decisions);
    }

    private static String missing(String feature) {
        return "refused " + feature + ": the driver would use it, the device does not offer it";
    }

    @Test
    void readsTheFeaturesOnce() {
        Handshake.run(transport, needs);

        verify(transport).offeredFeatures();
    }

    @Test
    void refusesADeviceOfAnotherTypeWithoutStartingIt() {
        when(transport.deviceType()).thenReturn(DeviceType.BLOCK);

        failsWith("starting the entropy driver: a mock is a block device (virtio type 2)");
        verify(transport, never()).addStatus(DeviceStatus.ACKNOWLEDGE);
    }

    @Test
    void stopsBeforeTheQueuesIfTheDeviceDoesNotAgreeOnFeatures() {
        doThrow(new LayoutException("FEATURES_OK did not stick"))
                .when(transport)
                .acceptFeatures(any());

        failsWith("FEATURES_OK did not stick");
        verify(transport, never()).enableQueue(anyInt(), any());
    }

    @Test
    void refusesADeviceWithoutARequiredFeature() {
        LayoutException failure =
                assertThrows(
                        LayoutException.class,
                        () -> Handshake.run(transport, needs.requiring(RingFeature.RING_PACKED)));

        assertTrue(failure.getMessage().contains("refused RING_PACKED (bit 34)"));
        verify(transport, never()).acceptFeatures(any());
    }

    /** Q1 and Q2: no such queue, not a power of two, larger than a queue can be. */
    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, 96, 65536})
    void refusesAQueueSizeThatCannotBe(int entries) {
        when(transport.settleCapacity(1, 256)).thenReturn(entries);

        failsWith("opening queue 1 of a mock: the device gives it " + entries + " entries");
        assertEquals(0, memory.openRegions());
    }

    /** The oldest layout cannot choose a smaller ring: the device is never told of memory. */
    @Test
    void q4RingLongerThanTheMemoryThatThereIs() {
        when(transport.settleCapacity(0, 256)).thenReturn(32768);
        DmaMemory small = mock(DmaMemory.class);
        EnvironmentException full = new EnvironmentException("851968 bytes in one piece");
        when(small.allocate(anyLong(), anyLong())).thenThrow(full);
        when(transport.dmaMemory()).thenReturn(small);

        EnvironmentException failure =
                assertThrows(EnvironmentException.class, () -> Handshake.run(transport, needs));

        assertSame(full, failure);
        verify(small).allocate(SplitQueueMemory.length(32768), 4096);
        verify(transport, never()).enableQueue(anyInt(), any());
        verify(transport).addStatus(DeviceStatus.FAILED);
        verify(transport).close();
    }

    /** A queue beyond their number has no entries. */
    @Test
    void q10MoreQueuesThanTheDeviceHas() {
        when(transport.settleCapacity(1, 256)).thenReturn(0);

        failsWith("opening queue 1 of a mock: the device gives it 0 entries");
        assertEquals(0, memory.openRegions());
    }

    /** S7: at any time, so at once too. */
    @Test
    void looksWhetherTheDeviceRunsAfterDriverOk() {
        when(transport.status()).thenReturn(0x4f);

        DeviceBrokenException failure =
                assertThrows(DeviceBrokenException.class, () -> Handshake.run(transport, needs));
        assertTrue(failure.getMessage().contains("it asks to be reset"), failure.getMessage());
    }

    @Test
    void keepsTheRingsIfTheResetAtTheEndIsNotConfirmed() {
        when(transport.settleCapacity(1, 256)).thenReturn(0);
        DeviceTimeoutException unconfirmed = new DeviceTimeoutException("status stays 0x8f");
        doThrow(unconfirmed).when(transport).close();

        LayoutException failure =
                assertThrows(LayoutException.class, () -> Handshake.run(transport, needs));
        assertSame(unconfirmed, failure.getSuppressed()[0]);
        assertEquals(1, memory.openRegions());
    }

    private void failsWith(String message) {
        LayoutException failure =
                assertThrows(LayoutException.class, () -> Handshake.run(transport, needs));
        assertTrue(failure.getMessage().contains(message), failure.getMessage());
        InOrder order = inOrder(transport);
        order.verify(transport).addStatus(DeviceStatus.FAILED);
        order.verify(transport).close();
        verify(transport, never()).addStatus(DeviceStatus.DRIVER_OK);
        assertFalse(failure.getMessage().isBlank());
    }
}
