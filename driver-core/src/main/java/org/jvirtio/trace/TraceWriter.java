package org.jvirtio.trace;

import java.io.PrintStream;

/**
 * Writes a trace as text while it happens; what was written when a run ends badly can be read. The
 * grammar is in the description of this package.
 */
public final class TraceWriter implements TraceLog {

    static final String FIRST_LINE = "jvirtio-trace 1";

    private static final int DIGITS_A_LINE = 64;

    private final PrintStream out;

    /** Writes the header; {@code out} stays the caller's, who flushes and closes it. */
    public TraceWriter(PrintStream out, TraceHeader header) {
        this(out, header, 0);
    }

    private TraceWriter(PrintStream out, TraceHeader header, long lost) {
        this.out = out;
        line(FIRST_LINE);
        line("function " + header.function());
        header.regions().forEach(this::region);
        if (lost > 0) {
            line("lost " + lost);
        }
        line("events");
    }

    /** Writes a whole trace. */
    public static void write(Trace trace, PrintStream out) {
        TraceWriter writer = new TraceWriter(out, trace.header(), trace.lost());
        trace.events().forEach(writer::add);
    }

    @Override
    public void add(TraceEvent event) {
        line(line(event));
    }

    /** The line of one event. */
    public static String line(TraceEvent event) {
        return event instanceof Mark mark
                ? mark.nanos() + " mark " + mark.text()
                : event.nanos() + " " + event;
    }

    private void region(TraceRegion region) {
        String length =
                region.length() == TraceRegion.UNKNOWN_LENGTH
                        ? "unknown"
                        : String.format("0x%x", region.length());
        String traits = region.traits().isEmpty() ? "" : " " + String.join(" ", region.traits());
        line(
                String.format(
                        "region %s at 0x%x length %s%s",
                        region.name(), region.address(), length, traits));
        String content = region.content();
        for (int at = 0; at < content.length(); at += DIGITS_A_LINE) {
            String digits = content.substring(at, Math.min(content.length(), at + DIGITS_A_LINE));
            line(String.format("bytes %s 0x%x %s", region.name(), at / 2, digits));
        }
    }

    /** Lines end alike on every system, so that traces can be compared by bytes. */
    private void line(String text) {
        out.print(text + "\n");
    }
}
