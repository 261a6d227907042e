package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Interrupt;
import org.jvirtio.Registers;
import org.jvirtio.pci.FunctionInterrupts.Intx;

/** MSI-X, the pin and the ISR byte (virtio 1.4 sections 4.1.4.5, 4.1.5.1.2, 4.1.5.3, 4.1.5.4). */
class InterruptsTest {

    private static final long SOON = 1_000_000;

    static Stream<MiniDriver> everyLayout() {
        return Stream.of(
                MiniDriver.virtio1(EmulatedDevices.parse("entropy,vectors=3")),
                MiniDriver.registerSet(
                        EmulatedDevices.parse("entropy,layout=register-set,vectors=3"), 1),
                MiniDriver.legacy(EmulatedDevices.parse("entropy,layout=legacy,vectors=3")));
    }

    @ParameterizedTest
    @MethodSource("everyLayout")
    void aVectorReadsBackAndOneBeyondTheTableReadsNoVector(MiniDriver driver) {
        driver.function.interrupts().enableMsix(3);

        driver.vectors(2, 1);
        assertEquals(2, driver.configVector());
        assertEquals(1, driver.queueVector());

        driver.vectors(3, 0x7ff);
        assertEquals(0xffff, driver.configVector());
        assertEquals(0xffff, driver.queueVector());
    }

    @ParameterizedTest
    @MethodSource("everyLayout")
    void everyVectorIsUnmappedAfterAReset(MiniDriver driver) {
        driver.function.interrupts().enableMsix(3);
        driver.vectors(0, 1);

        driver.status(0);

        assertEquals(0xffff, driver.configVector());
        assertEquals(0xffff, driver.queueVector());
    }

    @ParameterizedTest
    @MethodSource("everyLayout")
    void aUsedBufferRaisesTheVectorOfItsQueueOnly(MiniDriver driver) {
        List<Interrupt> vectors = driver.function.interrupts().enableMsix(3);
        MiniQueue queue = driver.start(driver.least());
        driver.vectors(0, 2);

        driver.request(queue, 8);

        assertTrue(vectors.get(2).await(SOON));
        assertFalse(vectors.get(2).await(SOON), "one interrupt, not two");
        assertFalse(vectors.get(0).await(SOON));
        assertFalse(vectors.get(1).await(SOON));
    }

    @ParameterizedTest
    @MethodSource("everyLayout")
    void noVectorSendsNothing(MiniDriver driver) {
        List<Interrupt> vectors = driver.function.interrupts().enableMsix(3);
        MiniQueue queue = driver.start(driver.least());
        driver.vectors(0, 0xffff);

        driver.request(queue, 8);

        assertEquals(1, queue.usedIndex());
        for (Interrupt vector : vectors) {
            assertFalse(vector.await(SOON));
        }
    }

    @ParameterizedTest
    @MethodSource("everyLayout")
    void thePinStaysUntilTheIsrIsRead(MiniDriver driver) {
        Registers config = driver.function.config();
        Intx pin = driver.function.interrupts().enableIntx();
        MiniQueue queue = driver.start(driver.least());

        driver.request(queue, 8);
        assertTrue(pin.await(SOON));
        assertEquals(0x08, config.read16(6) & 0x08, "the status register shows the interrupt");
        pin.unmask();
        assertTrue(pin.await(SOON), "unmasked without reading the ISR, it fires again");

        assertEquals(1, readIsr(driver));
        assertEquals(0, readIsr(driver));
        assertEquals(0, config.read16(6) & 0x08);
        pin.unmask();
        assertFalse(pin.await(SOON));
    }

    private static int readIsr(MiniDriver driver) {
        int bars = driver.function.bars().get(driver.function.bars().size() - 1).index();
        int offset = bars == 4 ? 0x1000 : driver.least() == MiniDriver.ANY_LAYOUT ? 19 : 0x44;
        return driver.registers().read8(offset);
    }

    @Test
    void aMaskedVectorWaitsInThePendingBits() {
        EmulatedFunction function = EmulatedDevices.parse("entropy,layout=register-set,vectors=2");
        MiniDriver driver = MiniDriver.registerSet(function, 1);
        List<Interrupt> vectors = function.interrupts().enableMsix(2);
        MiniQueue queue = driver.start(driver.least());
        driver.vectors(0xffff, 1);
        driver.registers().write32(512 + 16 + 12, 1);

        driver.request(queue, 8);
        assertFalse(vectors.get(1).await(SOON));
        assertEquals(2, driver.registers().read32(768));

        driver.registers().write32(512 + 16 + 12, 0);
        assertTrue(vectors.get(1).await(SOON));
        assertEquals(0, driver.registers().read32(768));
    }

    /** Section 2.4.1: after a reset the device sends no notification of what was before it. */
    @Test
    void aResetWithdrawsTheMessagesThatAMaskHoldsBack() {
        EmulatedFunction function = EmulatedDevices.parse("entropy,layout=register-set,vectors=2");
        MiniDriver driver = MiniDriver.registerSet(function, 1);
        List<Interrupt> vectors = function.interrupts().enableMsix(2);
        MiniQueue queue = driver.start(driver.least());
        driver.vectors(0xffff, 1);
        driver.registers().write32(512 + 16 + 12, 1);
        driver.request(queue, 8);
        assertEquals(2, driver.registers().read32(768));

        driver.status(0);

        assertEquals(0, driver.registers().read32(768));
        driver.registers().write32(512 + 16 + 12, 0);
        assertFalse(vectors.get(1).await(SOON));
    }

    @Test
    void withoutBusMasteringNothingIsReadWrittenOrSent() {
        EmulatedFunction function = EmulatedDevices.parse("entropy");
        MiniDriver driver = MiniDriver.virtio1(function);
        MiniQueue queue = driver.start(driver.least());
        function.config().write16(4, 3);

        driver.request(queue, 8);

        assertEquals(3, function.config().read16(4));
        assertEquals(0, queue.usedIndex());
        assertTrue(function.complaints().toString().contains("bus mastering is off"));
    }

    @Test
    void undecodedBarsReadAllOnes() {
        EmulatedFunction function = EmulatedDevices.parse("entropy,layout=transitional");
        Registers memory = MiniDriver.openBar(function, 4);
        Registers io = MiniDriver.openBar(function, 0);

        function.config().write16(4, 1);
        memory.write8(0x14, 1);
        assertEquals(-1, memory.read32(4));
        assertEquals(0xff, memory.read8(0x14));
        assertEquals(0, io.read8(18), "the status was not written, and I/O is decoded");

        function.config().write16(4, 2);
        assertEquals(0xff, io.read8(18));
        assertEquals(0, memory.read8(0x14));
    }

    @Test
    void aFunctionWithoutThemRefusesAndSaysWhatToDo() {
        EmulatedFunction function = EmulatedDevices.parse("entropy,vectors=0,intx=off");

        assertEquals(0, function.interrupts().msixVectors());
        assertFalse(function.interrupts().hasIntx());
        assertEquals(0, function.config().read8(0x3d));
        Exception msix =
                assertThrows(EnvironmentException.class, () -> function.interrupts().enableMsix(1));
        assertTrue(msix.getMessage().contains("vectors=N"), msix.getMessage());
        Exception pin =
                assertThrows(EnvironmentException.class, () -> function.interrupts().enableIntx());
        assertTrue(pin.getMessage().contains("intx=off"), pin.getMessage());
    }
}
