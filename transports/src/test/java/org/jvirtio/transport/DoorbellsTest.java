package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.LayoutException;
import org.jvirtio.pci.Window;

/** Virtio 1.4 section 4.1.4.4: where the doorbell of a queue is, computed from hostile numbers. */
class DoorbellsTest {

    private static final long START = 0x3000;

    private final ScriptedFunction function = new ScriptedFunction();

    @ParameterizedTest
    @CsvSource({"0, 4, 0x3000", "1, 4, 0x3004", "3, 2, 0x3006", "5, 0, 0x3000", "1, 6, 0x3006"})
    void aDoorbellIsItsOffsetTimesTheStrideFromTheStart(int offset, long stride, long place) {
        over(0x1000, stride).open(7, offset, new DoorbellWord(7, false));

        assertEquals(List.of(new Window(ScriptedFunction.MEMORY, place, 2)), function.opened);
    }

    @Test
    void ringingWritesTheValueInSixteenBits() {
        ByteRegisters bell = new ByteRegisters(2);
        function.put(ScriptedFunction.MEMORY, START + 4, bell);

        over(0x1000, 4).open(1, 1, new DoorbellWord(0xabcd, false)).ring(0);

        assertEquals(0xabcd, bell.read16(0));
    }

    @Test
    void theLastDoorbellThatFitsIsUsed() {
        over(8, 2).open(3, 3, new DoorbellWord(3, false));

        assertEquals(List.of(new Window(ScriptedFunction.MEMORY, 0x3006, 2)), function.opened);
    }

    @ParameterizedTest
    @CsvSource({"8, 2, 4", "7, 2, 3", "1, 0, 0", "0x1000, 0xfffffffe, 65535", "4096, 65536, 65535"})
    void q7ADoorbellOutsideTheStructureIsRefused(int length, String stride, int offset) {
        Doorbells doorbells = over(length, Long.decode(stride));

        LayoutException refused =
                assertThrows(
                        LayoutException.class,
                        () -> doorbells.open(0, offset, new DoorbellWord(0, false)));

        assertTrue(refused.getMessage().contains("outside BAR4"), refused.getMessage());
        assertEquals(List.of(), function.opened);
    }

    /** Section 4.1.4.4.1: with NOTIFICATION_DATA a doorbell is four bytes wide, and aligned so. */
    @ParameterizedTest
    @CsvSource({"1, 2", "3, 2", "1, 6", "65, 6"})
    void q8ADoorbellThatIsNotAlignedToItsFourBytesIsRefused(int offset, long stride) {
        Doorbells doorbells = over(0x1000, stride);

        LayoutException refused =
                assertThrows(
                        LayoutException.class,
                        () -> doorbells.open(7, offset, new DoorbellWord(7, true)));

        assertTrue(refused.getMessage().contains("multiple of 4"), refused.getMessage());
        assertEquals(List.of(), function.opened);
        doorbells.open(7, 2 * offset, new DoorbellWord(7, true));
        assertEquals(1, function.opened.size(), "the next one is aligned");
    }

    /** A queue that was reset is handed over again, and again. */
    @Test
    void aDoorbellIsOpenedOnceHoweverOftenItsQueueIsHandedOver() {
        Doorbells doorbells = over(0x1000, 4);

        for (int i = 0; i < 3; i++) {
            doorbells.open(1, 1, new DoorbellWord(1, false));
            doorbells.open(2, 2, new DoorbellWord(2, false));
        }

        assertEquals(2, function.opened.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 0xffffffffL})
    void q8AnOddStrideIsRefused(long stride) {
        assertThrows(LayoutException.class, () -> over(0x1000, stride));
    }

    private Doorbells over(int length, long stride) {
        return new Doorbells(
                "scripted:0",
                new WindowOpener(function),
                new Window(ScriptedFunction.MEMORY, START, length),
                stride);
    }
}
