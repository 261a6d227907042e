package org.jvirtio.lab.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.EnvironmentException;
import org.jvirtio.lab.overlay.Edit.RegisterEdit;

/** The text of overlays: what is read, and what is said about a text that is none. */
class OverlayTextTest {

    private static List<String> names() {
        return Overlays.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyReadyOneSaysWhatItDoesAndDoesSomething(String name) {
        Overlay overlay = Overlays.ready(name);

        assertTrue(overlay.sentence().endsWith("."), overlay.sentence());
        assertFalse(overlay.edits().isEmpty());
    }

    @Test
    void commentsAndEmptyLinesAreNoEdits() {
        Overlay overlay =
                OverlayText.parse("x", "# What\n# it does.\n\n  hide MSIX # here\n#pin off\n");

        assertEquals("What it does.", overlay.sentence());
        assertEquals(1, overlay.edits().size());
    }

    @Test
    void conditionsComeBehindTheChange() {
        RegisterEdit edit =
                (RegisterEdit)
                        OverlayText.parse(
                                        "x",
                                        "COMMON.DEVICE_FEATURE & 0xfffffffe if"
                                                + " DEVICE_FEATURE_SELECT = 1 from 2 until 3")
                                .edits()
                                .get(0);

        assertEquals(4, edit.field().offset());
        assertEquals(0xfffffffeL, edit.change().value());
        assertEquals(1, edit.when().written().orElseThrow().value());
        assertEquals(2, edit.when().from());
        assertEquals(3, edit.when().until());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "hid MSIX; 1; 'hid' stands here; expected is hide, move, copy, loop, bar",
                "hide MSIY; 6; 'MSIY' stands here; expected is one of COMMON_CFG, NOTIFY_CFG",
                "hide; 5; the line ends here; expected is one of COMMON_CFG",
                "hide MSIX now; 11; 'now' stands here; expected is the end of the line",
                "move MSIX to 3; 14; '3' stands here; expected is a number from 64 to 252",
                "COMMON.QUEUE_SIZ = 1; 7; 'COMMON.QUEUE_SIZ' stands here; .QUEUE_SIZE",
                "COMMON = 1; 7; 'COMMON' stands here; .DEVICE_FEATURE_SELECT",
                "DEVICE+0 = 1; 7; 'DEVICE+0' stands here; expected is +OFFSET/WIDTH",
                "DEVICE+0/9 = 1; 7; 'DEVICE+0/9' stands here; with a width of 1 to 8",
                "COMMON.NUM_QUEUES 1; 19; '1' stands here; expected is =, |, & or ^",
                "COMMON.NUM_QUEUES = x; 21; 'x' stands here; expected is a number such as",
                "COMMON.NUM_QUEUES = 1 from 0; 28; '0' stands here; a number from 1",
                "COMMON.NUM_QUEUES = 1 if ISR = 1; 26; 'ISR' stands here; a register of COMMON",
                "bar 6 hide; 5; '6' stands here; expected is a number from 0 to 5",
                "bar 0 away; 7; 'away' stands here; expected is one of hide, refuse, length",
                "CONFIG.STATUS = 0 from 2; 19; 'from' stands here; the end of the line",
            })
    void aMalformedLineIsNamedWithItsColumnAndWhatWasExpected(
            String line, int column, String found, String expected) {
        String message =
                assertThrows(
                                EnvironmentException.class,
                                () -> OverlayText.parse("my.overlay", "# x\n" + line))
                        .getMessage();

        String start = "Reading overlay my.overlay, line 2, column " + column + ": " + found;
        assertTrue(message.startsWith(start), message);
        assertTrue(message.contains(expected), message);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        String message =
                assertThrows(EnvironmentException.class, () -> Overlays.find("no/such"))
                        .getMessage();

        assertTrue(message.contains("no/such") && message.contains("list-loops"), message);
    }
}
