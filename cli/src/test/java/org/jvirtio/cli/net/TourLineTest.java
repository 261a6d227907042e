package org.jvirtio.cli.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.cli.Check;

/** A serial port drops what a busy host does not take in time: then nothing was verified. */
class TourLineTest {

    @Test
    void aCheckComesAsItWent() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(line, true, StandardCharsets.UTF_8);
        TourLine.check(out, "it works", true, "1\tof\n2");
        assertEquals(
                new Check("it works", true, "1 of 2"),
                TourLine.check(line.toString(StandardCharsets.UTF_8).stripTrailing()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check\ttrue",
                "check\ttrue\tit wor",
                "check\ttrue\tit works\t1 of 2check\tfalse\tit stands\tno",
            })
    void aCheckThatLostBytesIsAFailedOne(String line) {
        assertFalse(TourLine.check(line).ok());
    }
}
