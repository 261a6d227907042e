package org.jvirtio.guest;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jvirtio.EnvironmentException;

/**
 * Runs guests. Each call of {@link #run} starts one QEMU and returns when it has ended, or ends it;
 * no file and no process is left behind, not even if this JVM is killed.
 *
 * @param limit for the whole life of a guest
 * @param silence longest time without a line from it, on either port
 */
public record QemuGuest(GuestMachine machine, GuestImage image, Duration limit, Duration silence) {

    private static final long LOOK_MILLIS = 50;

    /** Two minutes, of which one may be silent. */
    public QemuGuest(GuestMachine machine, GuestImage image) {
        this(machine, image, Duration.ofMinutes(2), Duration.ofMinutes(1));
    }

    /**
     * Boots a guest for one job. The calling thread waits; both streams are written by one other.
     *
     * @param out takes the program's standard output while it runs
     * @param err takes its standard error
     */
    public GuestResult run(GuestJob job, PrintStream out, PrintStream err) {
        long start = System.nanoTime();
        Process qemu = start(machine.command(image, job));
        Thread ending = new Thread(qemu::destroyForcibly, "end-qemu");
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            GuestReport report = new GuestReport(out, err, start);
            ConsoleTail console = new ConsoleTail();
            Optional<String> overdue = follow(qemu, report, console, start);
            Duration total = Duration.ofNanos(System.nanoTime() - start);
            if (!forget(ending)) {
                throw new EnvironmentException(
                        "running a guest: a signal ended this program, and so QEMU. Start again.");
            }
            return result(qemu.exitValue(), report, console, overdue, total);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("running a guest: interrupted, and QEMU ended.", e);
        } finally {
            qemu.destroyForcibly();
            forget(ending);
        }
    }

    private static Process start(List<String> command) {
        try {
            Process qemu = QemuStart.of(command, "starting a guest").start();
            qemu.getOutputStream().close();
            return qemu;
        } catch (IOException e) {
            throw new EnvironmentException("starting a guest: " + e.getMessage(), e);
        }
    }

    /** Returns when QEMU has ended: what took too long, or nothing if it did so by itself. */
    private Optional<String> follow(
            Process qemu, GuestReport report, ConsoleTail console, long start)
            throws InterruptedException {
        PortReader reports =
                new PortReader(
                        "guest-report",
                        qemu.getInputStream(),
                        (line, nanos) -> {
                            if (!report.accept(line, nanos) && !line.isEmpty()) {
                                console.add("(on the report channel) " + line);
                            }
                        });
        PortReader consoles =
                new PortReader(
                        "guest-console", qemu.getErrorStream(), (line, nanos) -> console.add(line));
        reports.start();
        consoles.start();
        Optional<String> overdue = waitFor(qemu, reports, consoles, start);
        // By its handle: the process itself would close what QEMU said and nobody has read yet.
        qemu.toHandle().destroyForcibly();
        qemu.waitFor();
        reports.join();
        consoles.join();
        return overdue;
    }

    /** Returns what took too long, or nothing once QEMU has ended by itself. */
    private Optional<String> waitFor(
            Process qemu, PortReader reports, PortReader consoles, long start)
            throws InterruptedException {
        while (!qemu.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            long now = System.nanoTime();
            long quiet = Math.min(now - reports.lastByteNanos(), now - consoles.lastByteNanos());
            if (now - start > limit.toNanos()) {
                return Optional.of("it was still running after the limit of " + seconds(limit));
            }
            if (quiet > silence.toNanos()) {
                return Optional.of("nothing came from it for " + seconds(silence));
            }
        }
        return Optional.empty();
    }

    private GuestResult result(
            int status,
            GuestReport report,
            ConsoleTail console,
            Optional<String> overdue,
            Duration total) {
        OptionalInt code = report.hasLeft() ? console.exitStatus() : report.exitCode();
        boolean finished = code.isPresent();
        if (!finished && overdue.isEmpty() && status != 0) {
            throw new EnvironmentException(
                    "running a guest: QEMU ended with status "
                            + status
                            + " and said:\n"
                            + String.join("\n", console.lines())
                            + "\nMend its arguments, or install what it misses.");
        }
        Optional<String> failure =
                finished ? Optional.empty() : Optional.of(failure(overdue, console, total));
        return new GuestResult(
                code.orElse(1),
                report.fault(),
                failure,
                report.marks(),
                report.peakMemoryBytes(),
                total,
                console.lines());
    }

    private static String failure(Optional<String> overdue, ConsoleTail console, Duration total) {
        String found =
                overdue.orElse(
                        !console.panic().isEmpty()
                                ? "its kernel panicked after "
                                        + seconds(total)
                                        + " ("
                                        + console.panic()
                                        + ")"
                                : "it turned itself off after "
                                        + seconds(total)
                                        + " without a result");
        List<String> lines = console.lines();
        String advice =
                overdue.isPresent()
                        ? "Raise the limit if the work takes that long; otherwise"
                        : "To see why,";
        return "running a guest: "
                + found
                + ". The last "
                + lines.size()
                + " lines of its console:\n  "
                + String.join("\n  ", lines)
                + "\n"
                + advice
                + " run the command that --print-cmd shows, without 'quiet'.";
    }

    private static String seconds(Duration time) {
        return String.format("%.1f s", time.toMillis() / 1000.0);
    }

    /** Returns false if the JVM is shutting down: then the hook has its turn. */
    private static boolean forget(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
