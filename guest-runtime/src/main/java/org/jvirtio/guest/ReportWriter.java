package org.jvirtio.guest;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jvirtio.VirtioException;

/**
 * The guest's end of the report channel: writes one line per {@link ReportKind}. Any thread may
 * call; each line is written whole.
 */
final class ReportWriter implements Closeable {

    private static final int CHUNK = 1024;

    private final OutputStream port;
    private final PrintStream out = stream(ReportKind.OUT);
    private final PrintStream err = stream(ReportKind.ERR);

    ReportWriter(OutputStream port) {
        this.port = port;
    }

    /** Says that the guest reached {@code name} at {@code nanos} of its monotonic clock. */
    void mark(String name, long nanos) {
        line(ReportKind.MARK, name.concat(" ").concat(Long.toString(nanos)));
    }

    /** Carries what is written to it to the host's standard output, line by line. */
    PrintStream out() {
        return out;
    }

    /** Carries what is written to it to the host's standard error, line by line. */
    PrintStream err() {
        return err;
    }

    /**
     * Reports what ended the program early: in its own words if it was written for people, else
     * with its stack trace and causes.
     */
    void fault(Throwable thrown) {
        if (thrown instanceof VirtioException) {
            line(ReportKind.FAULT, thrown.getMessage());
            return;
        }
        ByteArrayOutputStream trace = new ByteArrayOutputStream(CHUNK);
        PrintStream text = new PrintStream(trace, false, StandardCharsets.UTF_8);
        thrown.printStackTrace(text);
        text.flush();
        line(ReportKind.FAULT, trace.toByteArray(), trace.size());
    }

    /** Reports the most memory this process held at any time. */
    void peakMemory(long kibibytes) {
        line(ReportKind.MEMORY, Long.toString(kibibytes));
    }

    /** Sends what is left of both streams, then the exit code: the last line. */
    void exit(int code) {
        out.flush();
        err.flush();
        line(ReportKind.EXIT, Integer.toString(code));
    }

    /**
     * Sends what is left of both streams, and that {@code System.exit} was called at {@code nanos}.
     */
    void leave(long nanos) throws IOException {
        out.flush();
        err.flush();
        mark(GuestMark.EXIT, nanos);
        close();
    }

    /** Waits until the serial port has sent everything (its driver drains it in close). */
    @Override
    public void close() throws IOException {
        port.close();
    }

    private void line(ReportKind kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        line(kind, bytes, bytes.length);
    }

    private synchronized void line(ReportKind kind, byte[] bytes, int length) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(length + 16);
        String word = kind.word();
        for (int i = 0; i < word.length(); i++) {
            line.write(word.charAt(i));
        }
        line.write(' ');
        ReportText.escape(bytes, 0, length, line);
        line.write('\n');
        try {
            line.writeTo(port);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to the report channel", e);
        }
    }

    private PrintStream stream(ReportKind kind) {
        return new PrintStream(new Lines(kind), true, StandardCharsets.UTF_8);
    }

    /** Collects bytes until a line feed, a flush, or a full chunk sends them. */
    private final class Lines extends OutputStream {
        private final ReportKind kind;
        private final byte[] held = new byte[CHUNK];
        private int count;

        Lines(ReportKind kind) {
            this.kind = kind;
        }

        @Override
        public synchronized void write(int b) {
            held[count++] = (byte) b;
            if (b == '\n' || count == CHUNK) {
                flush();
            }
        }

        @Override
        public synchronized void flush() {
            if (count > 0) {
                line(kind, held, count);
                count = 0;
            }
        }
    }
}
