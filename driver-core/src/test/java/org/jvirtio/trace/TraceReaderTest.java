package org.jvirtio.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.EnvironmentException;
import org.jvirtio.trace.Access.Direction;

/** The text of a trace: what is written is read again, and what is wrong is named by its place. */
class TraceReaderTest {

    private static final Trace TRACE =
            new Trace(
                    new TraceHeader(
                            "emulated:block,layout=virtio1",
                            List.of(
                                    TraceRegion.ofBytes("config", new byte[256]),
                                    new TraceRegion(
                                            "BAR4",
                                            0x38_0000_0000L,
                                            0x4000,
                                            List.of("memory", "wide"),
                                            ""),
                                    new TraceRegion(
                                            "BAR0",
                                            0xc000,
                                            TraceRegion.UNKNOWN_LENGTH,
                                            List.of("io"),
                                            ""))),
                    7,
                    List.of(
                            new Mark(1, "phase start"),
                            new Access(20, Direction.WRITE, "BAR4", 0x14, 1, 0xff),
                            new Access(31, Direction.READ, "BAR4", 0x4, 4, 0xf0000001),
                            new Access(40, Direction.READ, "BAR0", 0x12, 2, 0x8000)));

    @Test
    void whatIsWrittenIsReadAgain() {
        assertEquals(TRACE, TraceReader.parse("of a test", text()));
    }

    @Test
    void aFileIsReadAsTheTextIs(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("a.trace"), text());
        assertEquals(TRACE, TraceReader.read(file));
    }

    @Test
    void commentsEmptyLinesAndMoreBlanksMeanNothing() {
        String loose = text().replace("\n", "  # seen on Monday\n\n").replace(" w8 ", "   w8   ");
        assertEquals(TRACE, TraceReader.parse("of a test", "# first\n" + loose));
    }

    @Test
    void aTraceThatEndsInTheMiddleOfARunIsReadAsFarAsItGoes() {
        String cut = text().substring(0, text().indexOf("40 r16"));
        assertEquals(3, TraceReader.parse("of a test", cut).events().size());
    }

    /** Each line replaces the one with the same first words. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    jvirtio-trace 1 | jvirtio-trace 2       | line 1, column 15 | '1' was expected
                    jvirtio-trace 1 | hello                 | line 1, column 1  | 'jvirtio-trace'
                    events          | begin                 | column 1          | function, region
                    20 w8           | 20 w9 BAR4+0x14 0xff  | column 4          | one of r8, r16
                    20 w8           | x w8 BAR4+0x14 0xff   | column 1          | nanoseconds
                    20 w8           | 20 w8 BAR7+0x14 0xff  | column 7          | REGION+OFFSET
                    20 w8           | 20 w8 BAR4+20 0xff    | column 7          | REGION+OFFSET
                    20 w8           | 20 w8 BAR4+0x14       | column 16         | the line ends
                    20 w8           | 20 w8 BAR4+0x14 0x100 | column 17         | a value of 8 bits
                    20 w8           | 20 w8 BAR4+0x14 0xff !| column 22         | the end of the line
                    20 w8           | 20 w8 BAR4+0x4000 0x0 | column 7          | 8 bits inside a region
                    20 w8           | 20 mark               | column 8          | the text of the mark
                    lost 7          | lost many             | column 6          | how many events
                    region BAR0     | region BAR4 at 0x0 length 0x1 | column 8 | a new region
                    region BAR0     | region BAR0 at 12 length 0x1  | column 16 | an address such as
                    region BAR0     | region BAR0 at 0x0 length 12  | column 27 | or unknown
                    """)
    void whatIsWrongIsNamedByLineAndColumn(String line, String bad, String place, String why) {
        String text = text().replaceFirst("(?m)^" + line + ".*$", bad);

        String message =
                assertThrows(EnvironmentException.class, () -> TraceReader.parse("X", text))
                        .getMessage();

        assertTrue(message.contains(place + ":"), message);
        assertTrue(message.contains(why), message);
        assertTrue(message.contains("reading the trace X"), message);
    }

    @Test
    void aTextWithoutEventsSaysThatTheyAreMissing() {
        String header = text().substring(0, text().indexOf("events"));
        String message =
                assertThrows(EnvironmentException.class, () -> TraceReader.parse("X", header))
                        .getMessage();
        assertTrue(message.contains("a line 'events' was expected"), message);
    }

    /** Bad input gets an answer, whatever it is; ten thousand seeded ways to damage a good text. */
    @Test
    void anyTextIsATraceOrARefusal() {
        Random random = new Random(4);
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder(text());
            for (int edit = random.nextInt(4); edit >= 0; edit--) {
                int at = random.nextInt(text.length());
                text.setCharAt(at, (char) (random.nextInt(0x7f - 9) + 9));
                text.delete(at, Math.min(text.length(), at + random.nextInt(5)));
            }
            try {
                TraceReader.parse("X", text.toString());
            } catch (EnvironmentException expected) {
                refused++;
            }
        }
        assertTrue(refused > 1000, refused + " of 10000 were refused");
    }

    private static String text() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TraceWriter.write(TRACE, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
