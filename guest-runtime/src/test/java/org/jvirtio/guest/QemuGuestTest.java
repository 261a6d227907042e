package org.jvirtio.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvirtio.EnvironmentException;

/**
 * Boots real guests, one after the other. Without QEMU, or without a kernel that can be had, these
 * fail and say what to install: a guest that was never booted proves nothing.
 */
final class QemuGuestTest {

    private static GuestImage image;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void makeImage() {
        GuestImages images = new GuestImages(GuestCache.ofUser());
        image = images.image(images.debianKernel(), List.of(Greeting.class.getName()));
        assertTrue(image.size() < 60_000_000, "kernel and image: " + image.size() + " bytes");
    }

    @Test
    void bringsOutputErrorOutputAndExitCodeToTheHost() {
        GuestResult result =
                run(Duration.ofMinutes(2), Greeting.class, "one", "two three", "--", "", "q\"%");

        assertEquals("", result.failure().orElse("") + result.fault().orElse(""));
        assertEquals("pid 1\n[one]\n[two three]\n[--]\n[]\n[q\"%]\n", text(out), text(err));
        assertEquals("to err\n", text(err));
        assertEquals(3, result.exitCode());
        assertTrue(result.mark("main").isPresent());
        assertTrue(result.mark("end").orElseThrow().compareTo(result.total()) <= 0);
        assertTrue(
                result.peakMemoryBytes() > 0 && result.peakMemoryBytes() < 128L << 20,
                result.peakMemoryBytes() + " bytes");
    }

    @Test
    void bringsTheStackTraceOfAProgramThatThrows() {
        GuestResult result = run(Duration.ofMinutes(2), Throwing.class);

        assertEquals(1, result.exitCode());
        assertTrue(result.failure().isEmpty(), () -> result.failure().orElse(""));
        String fault = result.fault().orElse("");
        assertTrue(fault.contains("IllegalStateException: thrown on purpose"), fault);
        assertTrue(fault.contains("at org.jvirtio.guest.Throwing.run"), fault);
    }

    @Test
    void endsAGuestThatHangsAtTheLimit() {
        GuestResult result = run(Duration.ofSeconds(25), Hanging.class);

        assertEquals(1, result.exitCode());
        String failure = result.failure().orElse("");
        assertTrue(failure.contains("still running after the limit of 25.0 s"), failure);
        assertTrue(result.total().compareTo(Duration.ofSeconds(35)) < 0, () -> "" + result.total());
    }

    @Test
    void showsTheConsoleOfAGuestWhoseJvmCrashed() {
        GuestResult result = run(Duration.ofMinutes(2), Crashing.class);

        assertEquals("about to crash\n", text(out), result::toString);
        String failure = result.failure().orElse("");
        assertTrue(failure.contains("its kernel panicked"), failure);
        assertTrue(failure.contains("Attempted to kill init"), failure);
    }

    /** The kernel's panic carries the status of an application that knows nothing of guests. */
    @Test
    void bringsTheStatusOfAnApplicationThatCallsExit() {
        GuestResult result =
                run(Duration.ofMinutes(2), ApplicationMain.class, Leaving.class.getName(), "7");

        assertEquals("leaving", text(out), result::toString);
        assertEquals("", result.failure().orElse(""));
        assertEquals(7, result.exitCode());
        assertTrue(result.peakMemoryBytes() > 0);
    }

    @Test
    void anApplicationLivesAsLongAsItsThreads() {
        GuestResult result =
                run(Duration.ofMinutes(2), ApplicationMain.class, Leaving.class.getName());

        assertEquals("main is over\nso is the work\n", text(out), result::toString);
        assertEquals(0, result.exitCode());
    }

    @Test
    void passesOnWhatQemuSaysOfAnArgumentItRefuses() {
        GuestMachine machine = GuestMachine.with(List.of("-device", "no-such-device"));
        QemuGuest guest = new QemuGuest(machine, image);
        GuestJob job = new GuestJob(EmptyProgram.class.getName(), List.of());
        PrintStream nowhere =
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

        EnvironmentException e =
                assertThrows(EnvironmentException.class, () -> guest.run(job, nowhere, nowhere));

        assertTrue(e.getMessage().contains("no-such-device"), e.getMessage());
    }

    private GuestResult run(
            Duration limit, Class<? extends GuestProgram> program, String... arguments) {
        QemuGuest guest = new QemuGuest(GuestMachine.with(List.of()), image, limit, limit);
        return guest.run(
                new GuestJob(program.getName(), List.of(arguments)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
