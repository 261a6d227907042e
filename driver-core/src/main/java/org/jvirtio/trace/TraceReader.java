package org.jvirtio.trace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.EnvironmentException;
import org.jvirtio.trace.Access.Direction;

/** Reads the text of a trace; the grammar is in the description of this package. */
public final class TraceReader {

    private static final long LONGEST_FILE = 256L << 20;

    private final String source;
    private final HeaderReader header = new HeaderReader();
    private final List<TraceEvent> events = new ArrayList<>();
    private boolean started;
    private boolean inEvents;

    private TraceReader(String source) {
        this.source = source;
    }

    /**
     * Reads a file.
     *
     * @throws EnvironmentException if it cannot be read or is no trace: line, column, and what was
     *     expected there
     */
    public static Trace read(Path file) {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new EnvironmentException(
                        String.format(
                                "reading the trace %s: it has %d bytes, and at most %d are read."
                                        + " Record fewer accesses.",
                                file, Files.size(file), LONGEST_FILE));
            }
            // Latin 1 reads any bytes: what is no trace is refused by its words.
            return parse(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new EnvironmentException(
                    "reading the trace " + file + ": " + e + ". Name a file that can be read.", e);
        }
    }

    /**
     * Reads a text.
     *
     * @param source where it came from, for messages
     */
    public static Trace parse(String source, String text) {
        TraceReader reader = new TraceReader(source);
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            reader.line(new LineCursor(source, ++number, line));
        }
        return reader.trace(number);
    }

    private void line(LineCursor line) {
        if (line.atEnd()) {
            return;
        }
        if (!started) {
            line.literal("jvirtio-trace");
            line.literal("1");
            started = true;
        } else if (inEvents) {
            events.add(event(line));
        } else {
            inEvents = header.isLast(line);
        }
        line.end();
    }

    private Trace trace(int lines) {
        if (!inEvents) {
            LineCursor end = new LineCursor(source, lines + 1, "");
            throw end.expected(
                    started ? "a line 'events'" : "the line '" + TraceWriter.FIRST_LINE + "'");
        }
        return new Trace(header.header(), header.lost(), events);
    }

    private TraceEvent event(LineCursor line) {
        long nanos = line.decimal("nanoseconds since the start, or the end of the trace");
        String kind = line.word("one of r8, r16, r32, w8, w16, w32, mark", TraceReader::isKind);
        if (kind.equals("mark")) {
            return new Mark(nanos, line.rest("the text of the mark"));
        }
        int width = Integer.parseInt(kind.substring(1)) / 8;
        String place =
                line.word(
                        "REGION+OFFSET such as BAR0+0x12, "
                                + 8 * width
                                + " bits inside a region of the header",
                        word -> isPlace(word, width));
        int plus = place.indexOf('+');
        int value = value(line, width);
        return new Access(
                nanos,
                kind.startsWith("r") ? Direction.READ : Direction.WRITE,
                place.substring(0, plus),
                Long.parseLong(place.substring(plus + 3), 16),
                width,
                value);
    }

    private static int value(LineCursor line, int width) {
        String digits = "0x[0-9a-fA-F]{1," + 2 * width + "}";
        String word =
                line.word(
                        "a value of " + 8 * width + " bits such as 0x1f",
                        text -> text.matches(digits));
        return Integer.parseUnsignedInt(word.substring(2), 16);
    }

    private static boolean isKind(String word) {
        return word.matches("[rw](8|16|32)|mark");
    }

    /** The access must lie inside a region of the header: whoever replays it relies on that. */
    private boolean isPlace(String word, int width) {
        int plus = word.indexOf('+');
        if (plus <= 0 || !word.substring(plus + 1).matches("0x[0-9a-fA-F]{1,12}")) {
            return false;
        }
        return header.holds(
                word.substring(0, plus), Long.parseLong(word.substring(plus + 3), 16), width);
    }
}
