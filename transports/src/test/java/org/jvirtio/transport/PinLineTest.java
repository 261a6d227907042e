package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import org.junit.jupiter.api.Test;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.Registers;
import org.jvirtio.pci.FunctionInterrupts;
import org.mockito.InOrder;

/** Virtio 1.4 section 4.1.4.5: only reading the ISR lowers the pin. */
class PinLineTest {

    private static final SingleRegister ISR = SingleRegister.ISR_STATUS;

    private final FunctionInterrupts.Intx pin = mock(FunctionInterrupts.Intx.class);
    private final Registers registers = mock(Registers.class);
    private final ByteRegisters header = new ByteRegisters(32);
    private final PinLine line =
            new PinLine(
                    pin,
                    new Isr(
                            registers,
                            ISR,
                            new StatusRegister(
                                    new ScriptedFunction(), header, LegacyRegister.DEVICE_STATUS)));

    @Test
    void theIsrIsReadBeforeThePinMayFireAgain() {
        when(pin.await(5)).thenReturn(true);
        when(registers.read(ISR)).thenReturn(1);

        assertEquals(IsrBit.QUEUE.mask(), line.await(5));

        InOrder order = inOrder(pin, registers);
        order.verify(pin).await(5);
        order.verify(registers).read(ISR);
        order.verify(pin).unmask();
        order.verifyNoMoreInteractions();
    }

    @Test
    void withoutInterruptTheIsrIsLeftAlone() {
        assertEquals(SharedInterrupt.Line.LIMIT_PASSED, line.await(5));

        InOrder order = inOrder(pin, registers);
        order.verify(pin).await(5);
        order.verifyNoMoreInteractions();
    }

    @Test
    void anIsrOfAllOnesOfADeviceThatIsGoneEndsTheWait() {
        when(pin.await(5)).thenReturn(true);
        when(registers.read(ISR)).thenReturn(0xff);
        header.answer(LegacyRegister.DEVICE_STATUS, 0xff);

        assertThrows(DeviceBrokenException.class, () -> line.await(5));
    }
}
