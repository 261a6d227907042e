package org.jvirtio.guest;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The host's end of the report channel: takes its lines, passes on the program's output as it
 * comes, and keeps the rest. One thread.
 */
final class GuestReport {

    private record GuestMoment(String name, long guestNanos) {}

    private final PrintStream out;
    private final PrintStream err;
    private final long startNanos;
    private final List<GuestMoment> moments = new ArrayList<>();
    private long clockOffset = Long.MAX_VALUE;
    private String fault;
    private long peakKibibytes;
    private OptionalInt exitCode = OptionalInt.empty();

    /** {@code startNanos} is when QEMU was started, by {@link System#nanoTime}. */
    GuestReport(PrintStream out, PrintStream err, long startNanos) {
        this.out = out;
        this.err = err;
        this.startNanos = startNanos;
    }

    /**
     * Takes one line, whose chars are bytes.
     *
     * @param nanos when it arrived, by {@link System#nanoTime}
     * @return false if this is no line of a report: nothing is changed then
     */
    boolean accept(String line, long nanos) {
        int space = line.indexOf(' ');
        String word = space < 0 ? line : line.substring(0, space);
        for (ReportKind kind : ReportKind.values()) {
            if (space > 0 && kind.word().equals(word)) {
                return accept(kind, ReportText.unescape(line.substring(space + 1)), nanos);
            }
        }
        return false;
    }

    private boolean accept(ReportKind kind, byte[] bytes, long nanos) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            switch (kind) {
                case OUT -> pass(bytes, out);
                case ERR -> pass(bytes, err);
                case MARK -> mark(text, nanos);
                case FAULT -> fault = text;
                case MEMORY -> peakKibibytes = Long.parseLong(text);
                case EXIT -> exitCode = OptionalInt.of(Integer.parseInt(text));
            }
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static void pass(byte[] bytes, PrintStream stream) {
        stream.write(bytes, 0, bytes.length);
        stream.flush();
    }

    /**
     * The line that came through fastest tells best how the two clocks differ; all moments are then
     * told by the guest's own clock, so that a slow serial port moves none of them.
     */
    private void mark(String text, long nanos) {
        int space = text.indexOf(' ');
        long guestNanos = Long.parseLong(text.substring(space + 1));
        moments.add(new GuestMoment(text.substring(0, Math.max(space, 0)), guestNanos));
        clockOffset = Math.min(clockOffset, nanos - startNanos - guestNanos);
    }

    OptionalInt exitCode() {
        return exitCode;
    }

    /** True if the program called {@code System.exit}: the kernel's panic then has its code. */
    boolean hasLeft() {
        return moments.stream().anyMatch(moment -> moment.name().equals(GuestMark.EXIT));
    }

    Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    long peakMemoryBytes() {
        return peakKibibytes * 1024;
    }

    List<GuestMark> marks() {
        List<GuestMark> marks = new ArrayList<>();
        for (GuestMoment moment : moments) {
            Duration sinceStart = Duration.ofNanos(moment.guestNanos() + clockOffset);
            marks.add(new GuestMark(moment.name(), sinceStart));
        }
        return marks;
    }

    /** For streams that nobody wants. */
    static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }
}
