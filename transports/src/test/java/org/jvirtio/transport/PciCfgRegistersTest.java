package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.LayoutException;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.Window;
import org.mockito.InOrder;

/** Virtio 1.4 section 4.1.4.9: bar, offset and length come before the data. */
class PciCfgRegistersTest {

    private static final int CAPABILITY = 0x70;

    private final Registers config = mock(Registers.class);
    private final InOrder order = inOrder(config);
    private Registers window;

    @BeforeEach
    void aWindowOfSixBytes() {
        when(config.length()).thenReturn(256L);
        window =
                new PciCfgRegisters(
                        config, CAPABILITY, new Window(ScriptedFunction.MEMORY, 0x3000, 6));
    }

    @Test
    void aReadAimsFirst() {
        when(config.read16(0x80)).thenReturn(0x1234);

        assertEquals(0x1234, window.read16(4));

        verifyAim(0x3004, 2);
        order.verify(config).read16(0x80);
        order.verifyNoMoreInteractions();
    }

    @Test
    void aWriteAimsFirst() {
        window.write32(0, 0xcafebabe);

        verifyAim(0x3000, 4);
        order.verify(config).write32(0x80, 0xcafebabe);
        order.verifyNoMoreInteractions();
    }

    @Test
    void everyAccessAimsAnew() {
        window.write8(5, 1);
        window.write8(5, 2);

        verifyAim(0x3005, 1);
        order.verify(config).write8(0x80, 1);
        verifyAim(0x3005, 1);
        order.verify(config).write8(0x80, 2);
        order.verifyNoMoreInteractions();
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "6, 1", "-2, 2", "6, 2", "4, 4", "2147483644, 4"})
    void nothingOutsideTheWindowIsReached(int offset, int width) {
        assertThrows(IndexOutOfBoundsException.class, () -> readWidth(offset, width));
        verifyUntouched();
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "1, 4", "2, 4"})
    void theOffsetIsAMultipleOfTheLength(int offset, int width) {
        assertThrows(IllegalArgumentException.class, () -> readWidth(offset, width));
        verifyUntouched();
    }

    @Test
    void aCapabilityThatEndsBehindConfigSpaceIsRefused() {
        Window small = new Window(ScriptedFunction.MEMORY, 0, 4);

        assertThrows(LayoutException.class, () -> new PciCfgRegisters(config, 0xf0, small));
    }

    @Test
    void aWindowBehindFourGigabytesIsRefused() {
        Bar big = new Bar(2, Bar.Space.MEMORY, true, true, 0, 1L << 33);
        Window far = new Window(big, 0xfffffffeL, 4);

        assertThrows(LayoutException.class, () -> new PciCfgRegisters(config, CAPABILITY, far));
    }

    private int readWidth(int offset, int width) {
        return switch (width) {
            case 1 -> window.read8(offset);
            case 2 -> window.read16(offset);
            default -> window.read32(offset);
        };
    }

    private void verifyAim(int offset, int length) {
        order.verify(config).write8(0x74, 4);
        order.verify(config).write32(0x78, offset);
        order.verify(config).write32(0x7c, length);
    }

    private void verifyUntouched() {
        order.verify(config, org.mockito.Mockito.never())
                .write32(
                        org.mockito.ArgumentMatchers.anyInt(),
                        org.mockito.ArgumentMatchers.anyInt());
    }
}
