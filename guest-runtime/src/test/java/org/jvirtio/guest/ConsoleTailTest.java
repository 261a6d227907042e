package org.jvirtio.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Linux says when process 1 ends (kernel/exit.c), with a status as wait(2) has it. */
final class ConsoleTailTest {

    @ParameterizedTest
    @CsvSource({"00000000, 0", "00000300, 3", "0000ff00, 255"})
    void aProcessThatEndedByItselfHasAStatus(String code, int status) {
        assertEquals(OptionalInt.of(status), after(code).exitStatus());
    }

    /** Signals 6, 11, and 6 with a core file. */
    @ParameterizedTest
    @CsvSource({"00000006", "0000000b", "00000086"})
    void aProcessThatWasKilledHasNone(String code) {
        assertEquals(OptionalInt.empty(), after(code).exitStatus());
    }

    @Test
    void aPanicOfAnotherKindHasNone() {
        ConsoleTail console = new ConsoleTail();
        console.add("Kernel panic - not syncing: VFS: Unable to mount root fs");

        assertEquals(OptionalInt.empty(), console.exitStatus());
    }

    private static ConsoleTail after(String code) {
        ConsoleTail console = new ConsoleTail();
        console.add(
                "[    3.1] Kernel panic - not syncing: Attempted to kill init! exitcode=0x" + code);
        return console;
    }
}
