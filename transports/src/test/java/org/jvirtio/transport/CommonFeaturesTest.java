package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import org.junit.jupiter.api.Test;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.FeatureSet;
import org.jvirtio.LayoutException;
import org.jvirtio.Registers;
import org.jvirtio.RingFeature;
import org.jvirtio.pci.PciFunction.Addressing;
import org.mockito.InOrder;

/** Virtio 1.4 sections 2.2, 3.1.1 and 6.1: negotiation through 32-bit windows, then FEATURES_OK. */
class CommonFeaturesTest {

    private static final FeatureSet VERSION_1 = FeatureSet.of(RingFeature.VERSION_1);
    private static final FeatureSet BOTH =
            FeatureSet.of(RingFeature.VERSION_1, RingFeature.ACCESS_PLATFORM);

    @Test
    void eachWindowIsSelectedBeforeItIsRead() {
        Registers registers = mock(Registers.class);
        when(registers.read(CommonRegister.DEVICE_FEATURE)).thenReturn(1, 2, 4, 8);

        assertEquals(new FeatureSet(0x2_0000_0001L, 0x8_0000_0004L), over(registers).offered());

        InOrder order = inOrder(registers);
        for (int window = 0; window < 4; window++) {
            order.verify(registers).write(CommonRegister.DEVICE_FEATURE_SELECT, window);
            order.verify(registers).read(CommonRegister.DEVICE_FEATURE);
        }
        order.verifyNoMoreInteractions();
    }

    @Test
    void featuresAreWrittenThenFeaturesOkIsSetAndReadAgain() {
        Registers registers = mock(Registers.class);
        when(registers.read(CommonRegister.DEVICE_FEATURE)).thenReturn(0x10, 1, 1, 0);
        when(registers.read(CommonRegister.DEVICE_STATUS)).thenReturn(3, 11);
        CommonFeatures features = over(registers);
        features.offered();
        org.mockito.Mockito.clearInvocations(registers);

        features.accept(new FeatureSet(0x1_0000_0010L, 1));

        InOrder order = inOrder(registers);
        order.verify(registers).write(CommonRegister.DRIVER_FEATURE_SELECT, 0);
        order.verify(registers).write(CommonRegister.DRIVER_FEATURE, 0x10);
        order.verify(registers).write(CommonRegister.DRIVER_FEATURE_SELECT, 1);
        order.verify(registers).write(CommonRegister.DRIVER_FEATURE, 1);
        order.verify(registers).write(CommonRegister.DRIVER_FEATURE_SELECT, 2);
        order.verify(registers).write(CommonRegister.DRIVER_FEATURE, 1);
        order.verify(registers).read(CommonRegister.DEVICE_STATUS);
        order.verify(registers).write(CommonRegister.DEVICE_STATUS, 11);
        order.verify(registers).read(CommonRegister.DEVICE_STATUS);
        order.verifyNoMoreInteractions();
    }

    /** FAILED is the handshake's to write: once, and then comes the reset (section 2.1.1). */
    @Test
    void featuresOkThatDoesNotStickNamesTheRefusedBits() {
        Registers registers = mock(Registers.class);
        when(registers.read(CommonRegister.DEVICE_FEATURE)).thenReturn(0x20, 1, 0, 0);
        when(registers.read(CommonRegister.DEVICE_STATUS)).thenReturn(3);
        CommonFeatures features = over(registers);

        LayoutException refused =
                assertThrows(
                        LayoutException.class,
                        () -> features.accept(new FeatureSet(0x1_0000_0020L, 0)));

        assertTrue(refused.getMessage().contains("[bit 5, VERSION_1]"), refused.getMessage());
        InOrder order = inOrder(registers);
        order.verify(registers).write(CommonRegister.DEVICE_STATUS, 11);
        order.verify(registers).read(CommonRegister.DEVICE_STATUS);
        order.verifyNoMoreInteractions();
        assertThrows(IllegalStateException.class, features::addressing);
    }

    @Test
    void withoutVersion1TheDeviceIsToBeDrivenAsLegacy() {
        ByteRegisters registers = offering(FeatureSet.of(RingFeature.INDIRECT_DESC));

        LayoutException refused =
                assertThrows(LayoutException.class, () -> over(registers).accept(FeatureSet.NONE));

        assertTrue(refused.getMessage().contains("policy 'legacy'"), refused.getMessage());
        assertEquals(0, registers.read(CommonRegister.DEVICE_STATUS));
    }

    @Test
    void whatIsAcceptedIsOfferedAndContainsVersion1() {
        CommonFeatures features = over(offering(VERSION_1));

        assertThrows(IllegalArgumentException.class, () -> features.accept(BOTH));
        assertThrows(IllegalArgumentException.class, () -> features.accept(FeatureSet.NONE));
    }

    @Test
    void aDeviceThatOffersOtherwiseOnASecondReadChangesNothing() {
        ByteRegisters registers =
                new ByteRegisters(64).answer(CommonRegister.DEVICE_FEATURE, 1, 1, 0, 0, 7);
        CommonFeatures features = over(registers);

        assertEquals(features.offered(), features.offered());
        features.clear();
        assertEquals(7, features.offered().window(0));
    }

    @Test
    void featuresOfAllOnesMeanThatTheDeviceIsGone() {
        ByteRegisters registers =
                new ByteRegisters(64)
                        .answer(CommonRegister.DEVICE_FEATURE, -1)
                        .answer(CommonRegister.DEVICE_STATUS, 0xff);

        assertThrows(DeviceBrokenException.class, () -> over(registers).offered());
    }

    @Test
    void accessPlatformDecidesWhichAddressesTheDeviceUnderstands() {
        CommonFeatures features = over(offering(BOTH));

        assertThrows(IllegalStateException.class, features::addressing);
        features.accept(VERSION_1);
        assertEquals(Addressing.PHYSICAL, features.addressing());
        assertFalse(features.accepted(RingFeature.ACCESS_PLATFORM));
        features.accept(BOTH);
        assertEquals(Addressing.PLATFORM, features.addressing());
        features.clear();
        assertThrows(IllegalStateException.class, features::addressing);
    }

    private static ByteRegisters offering(FeatureSet offered) {
        return new ByteRegisters(64)
                .answer(CommonRegister.DEVICE_FEATURE, offered.window(0), offered.window(1), 0);
    }

    private static CommonFeatures over(Registers registers) {
        StatusRegister status =
                new StatusRegister(new ScriptedFunction(), registers, CommonRegister.DEVICE_STATUS);
        return new CommonFeatures("scripted:0", registers, status);
    }
}
