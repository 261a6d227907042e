package org.jvirtio.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.EnvironmentException;

/** The two ends of the report channel against each other, and the host's end against noise. */
final class ReportTest {

    private final ByteArrayOutputStream port = new ByteArrayOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final GuestReport report =
            new GuestReport(
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    1000);

    @Test
    void everyByteArrivesAsItWasWritten() throws InterruptedException {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        ReportWriter writer = new ReportWriter(port);
        writer.out().write(all, 0, all.length);
        writer.exit(0);

        deliver();

        assertArrayEquals(all, out.toByteArray());
    }

    @Test
    void noLineHoldsAByteThatATerminalWouldChange() {
        ReportWriter writer = new ReportWriter(port);
        writer.out().print("a\r\nb\tc\\d\u0003\u007f\u20ac");
        writer.exit(0);

        assertEquals(
                "out a\\r\\n\nout b\\tc\\\\d\\x03\\x7f\u20ac\nexit 0\n",
                port.toString(StandardCharsets.UTF_8));
    }

    @Test
    void bothStreamsAndTheExitCodeArriveInOrder() throws InterruptedException {
        ReportWriter writer = new ReportWriter(port);
        writer.out().println("first");
        writer.err().println("second");
        writer.out().print("no line end");
        writer.peakMemory(2048);
        writer.fault(new IllegalStateException("why"));
        writer.exit(7);

        assertEquals(List.of(), deliver());

        assertEquals("first\nno line end", out.toString(StandardCharsets.UTF_8));
        assertEquals("second\n", err.toString(StandardCharsets.UTF_8));
        assertEquals(7, report.exitCode().orElseThrow());
        assertEquals(2048 * 1024, report.peakMemoryBytes());
        assertTrue(report.fault().orElse("").contains("IllegalStateException: why\n\tat "));
    }

    /** A module that its kernel refused came to the terminal as a stack trace. */
    @Test
    void aMessageForPeopleArrivesWithoutAStackTrace() throws InterruptedException {
        ReportWriter writer = new ReportWriter(port);
        writer.fault(new EnvironmentException("loading vfio.ko: ENOEXEC.\nUse another."));
        writer.exit(3);

        assertEquals(List.of(), deliver());

        assertEquals("loading vfio.ko: ENOEXEC.\nUse another.", report.fault().orElse(""));
    }

    @Test
    void aLineOfAnythingElseIsLeftToTheConsole() throws InterruptedException {
        String noise = "\u0000\u00ff garbage\nexit soon\nout\nmark main\nexit 9999999999\n";
        port.writeBytes(noise.getBytes(StandardCharsets.ISO_8859_1));
        new ReportWriter(port).exit(4);

        List<String> refused = deliver();

        assertEquals(5, refused.size(), refused::toString);
        assertEquals(4, report.exitCode().orElseThrow());
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aBackslashThatBeginsNoEscapeStandsForItself() {
        assertEquals("a\\q\\x4\\", unescape("a\\q\\x4\\"));
        assertEquals("\\xzz", unescape("\\xzz"));
        assertEquals("A", unescape("\\x41"));
    }

    @Test
    void momentsAreToldByTheGuestsClockFromTheStartOfQemu() {
        // Sent at guest times 50 and 90; the second was 5 faster on its way.
        assertTrue(report.accept("mark main 50", 1000 + 30 + 50 + 5));
        assertTrue(report.accept("mark end 90", 1000 + 30 + 90));

        List<GuestMark> marks = report.marks();

        assertEquals(new GuestMark("main", Duration.ofNanos(80)), marks.get(0));
        assertEquals(new GuestMark("end", Duration.ofNanos(120)), marks.get(1));
    }

    @Test
    void aGuestThatDiedHasNoExitCode() {
        assertTrue(report.accept("out x", 0));
        assertFalse(report.exitCode().isPresent());
    }

    private static String unescape(String text) {
        return new String(ReportText.unescape(text), StandardCharsets.ISO_8859_1);
    }

    /** What the guest wrote, through a reader as in a run; returns the lines that were refused. */
    private List<String> deliver() throws InterruptedException {
        List<String> refused = new ArrayList<>();
        PortReader reader =
                new PortReader(
                        "test",
                        new ByteArrayInputStream(port.toByteArray()),
                        (line, nanos) -> {
                            if (!report.accept(line, nanos)) {
                                refused.add(line);
                            }
                        });
        reader.start();
        reader.join();
        return refused;
    }
}
