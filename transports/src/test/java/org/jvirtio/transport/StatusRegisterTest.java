package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceStatus;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.Registers;
import org.jvirtio.pci.CommandBit;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.PciFunction;
import org.mockito.InOrder;

/** Virtio 1.4 sections 2.1 (status), 2.4 (reset) and 4.1.4.3.2; devices that vanish or hang. */
class StatusRegisterTest {

    private static final LegacyRegister STATUS = LegacyRegister.DEVICE_STATUS;
    private static final Duration SHORT = Duration.ofMillis(20);

    private final ScriptedFunction function = new ScriptedFunction();

    @Test
    void resetWritesZeroAndReadsUntilItIsZero() {
        Registers registers = mock(Registers.class);
        when(registers.read(STATUS)).thenReturn(0x0f, 0x0f, 0);

        over(registers).reset(Duration.ofSeconds(10));

        InOrder order = inOrder(registers);
        order.verify(registers).write(STATUS, 0);
        order.verify(registers, times(3)).read(STATUS);
        order.verifyNoMoreInteractions();
        assertEquals(List.of(), function.events);
    }

    @Test
    void resetThatNeverFinishesSaysStatusAndLimitAndQuarantinesTheMemory() {
        ByteRegisters registers = new ByteRegisters(32).answer(STATUS, 0x07);

        DeviceTimeoutException stuck =
                assertThrows(DeviceTimeoutException.class, () -> over(registers).reset(SHORT));

        assertTrue(stuck.getMessage().contains("0x07 ACKNOWLEDGE|DRIVER|DRIVER_OK"));
        assertTrue(stuck.getMessage().contains("after 20 ms"), stuck.getMessage());
        assertTrue(stuck.getMessage().contains("-Djvirtio.resetMillis"));
        assertEquals(List.of("quarantine"), function.events);
    }

    @Test
    void allOnesMeansThatTheDeviceIsGone() {
        function.config.set(4, 0x07);
        ByteRegisters registers = new ByteRegisters(32).answer(STATUS, 0xff);

        DeviceBrokenException gone =
                assertThrows(DeviceBrokenException.class, () -> over(registers).read());

        assertTrue(gone.getMessage().contains("unplugged"), gone.getMessage());
    }

    @Test
    void allOnesOfAFunctionThatDoesNotDecodeBlamesTheCommandRegister() {
        function.config.set(4, 0x04);
        ByteRegisters registers = new ByteRegisters(32).answer(STATUS, 0xff);

        DeviceBrokenException gone =
                assertThrows(DeviceBrokenException.class, () -> over(registers).read());

        assertTrue(gone.getMessage().contains("0x0004"), gone.getMessage());
        assertTrue(gone.getMessage().contains("switched off"), gone.getMessage());
    }

    @Test
    void resetOfADeviceThatIsGoneEndsAtOnceAndQuarantinesTheMemory() {
        ByteRegisters registers = new ByteRegisters(32).answer(STATUS, 0xff);

        assertThrows(DeviceBrokenException.class, () -> over(registers).reset(Duration.ofDays(1)));

        assertEquals(List.of("quarantine"), function.events);
    }

    /** Whatever went wrong, a defect of ours too: nobody has seen the zero. */
    @Test
    void resetThatCannotReadTheStatusQuarantinesTheMemory() {
        Registers registers = mock(Registers.class);
        when(registers.read(STATUS)).thenThrow(new IndexOutOfBoundsException("closed"));

        assertThrows(IndexOutOfBoundsException.class, () -> over(registers).reset(SHORT));

        assertEquals(List.of("quarantine"), function.events);
    }

    @Test
    void bitsAreAddedAndNeverCleared() {
        ByteRegisters registers = new ByteRegisters(32);
        StatusRegister status = over(registers);

        status.add(DeviceStatus.ACKNOWLEDGE);
        status.add(DeviceStatus.DRIVER);
        registers.write8(STATUS.offset(), 0x43);
        status.add(DeviceStatus.FAILED);

        assertEquals(0xc3, status.read());
    }

    @Test
    void theFunctionMayReachMemoryBeforeDriverOkIsSet() {
        Registers config = mock(Registers.class);
        Registers registers = mock(Registers.class);
        when(registers.read(STATUS)).thenReturn(0x0b);
        PciFunction mastered = mock(PciFunction.class);
        when(mastered.config()).thenReturn(config);

        new StatusRegister(mastered, registers, STATUS).add(DeviceStatus.DRIVER_OK);

        InOrder order = inOrder(config, registers);
        order.verify(config).write(ConfigRegister.COMMAND, CommandBit.BUS_MASTER.mask());
        order.verify(registers).write(STATUS, 0x0f);
        order.verifyNoMoreInteractions();
    }

    @Test
    void closingResetsTheDeviceAndThenClosesTheFunctionOnce() {
        ByteRegisters registers = new ByteRegisters(32).set(STATUS.offset(), 0x0f);
        StatusRegister status = over(registers);

        status.closeFunction();
        status.closeFunction();

        assertEquals(0, registers.read(STATUS));
        assertEquals(List.of("close"), function.events);
    }

    @Test
    void closingQuarantinesBeforeItClosesAFunctionThatDoesNotConfirmItsReset() {
        ByteRegisters registers = new ByteRegisters(32).answer(STATUS, 0xff);

        assertThrows(DeviceBrokenException.class, () -> over(registers).closeFunction());

        assertEquals(List.of("quarantine", "close"), function.events);
    }

    private StatusRegister over(Registers registers) {
        return new StatusRegister(function, registers, STATUS);
    }
}
