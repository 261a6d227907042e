package org.jvirtio.lab.matrix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jvirtio.Transport;
import org.jvirtio.Waiting;
import org.jvirtio.device.ConsoleDriver;
import org.jvirtio.device.ConsolePort;

/**
 * The work of a console: text from port 0 to port 1 and back where those are known to be connected,
 * else out of the first port.
 */
final class ConsoleWork {

    private static final byte[] TEXT = "port to port".getBytes(StandardCharsets.US_ASCII);

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration FOR_A_PORT = Duration.ofSeconds(1);

    private ConsoleWork() {}

    static void drive(Transport transport, CellDrive drive) {
        try (ConsoleDriver driver =
                ConsoleDriver.start(
                        transport, drive.needs(ConsoleDriver.needs(2)), Waiting.interrupt())) {
            if (!drive.isStarted("", driver.device())) {
                return;
            }
            if (drive.hasFarEnd()) {
                betweenPorts(driver, drive);
            } else {
                outOfOnePort(driver, drive);
            }
            drive.worked("", driver.lostInterrupts());
        } catch (IOException e) {
            drive.findings().that("ports that stay open", false, e.getMessage());
        }
    }

    private static void betweenPorts(ConsoleDriver driver, CellDrive drive) throws IOException {
        ConsolePort console = driver.awaitPort(0);
        ConsolePort serial = driver.awaitPort(1);
        console.open(); // Told that it is a console or not yet.
        serial.open();
        drive.findings().equal("text there", true, isSent(console, serial));
        drive.findings().equal("text back", true, isSent(serial, console));
        drive.findings().equal("messages ignored", 0L, driver.dropped());
    }

    /** What becomes of the text cannot be seen; a device without a port is not asked for any. */
    private static void outOfOnePort(ConsoleDriver driver, CellDrive drive) throws IOException {
        if (driver.await(() -> !driver.ports().isEmpty(), FOR_A_PORT)) {
            ConsolePort port = driver.ports().get(0);
            port.open();
            port.write(TEXT, 0, TEXT.length);
            port.drain(LIMIT);
        }
        drive.findings().that("text sent", true, "");
    }

    private static boolean isSent(ConsolePort from, ConsolePort to) throws IOException {
        from.write(TEXT, 0, TEXT.length, LIMIT);
        from.drain(LIMIT);
        byte[] seen = new byte[TEXT.length];
        int done = 0;
        int got = 1;
        while (got > 0 && done < seen.length) {
            got = to.read(seen, done, seen.length - done, LIMIT);
            done += Math.max(0, got);
        }
        return done == TEXT.length && Arrays.equals(TEXT, seen);
    }
}
