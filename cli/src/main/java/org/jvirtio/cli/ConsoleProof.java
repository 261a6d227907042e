package org.jvirtio.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.jvirtio.Transport;
import org.jvirtio.device.ConsoleDriver;
import org.jvirtio.device.ConsolePort;

/**
 * Shows that a console works whose ports 0 and 1 are connected: both come, the name of the second
 * is told, and text and then many bytes go there and back.
 *
 * <pre>
 *   port 0, a console  --text-->  port 1
 *                      &lt;--echo--
 * </pre>
 */
final class ConsoleProof {

    private static final String TEXT = "a line typed at the console\r\n";

    /** More than all the buffers of a port, so that each side has to wait for the other. */
    private static final int MANY = 200_000;

    /** The models keep 64 KiB between two ports. */
    private static final int AHEAD = 32_768;

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ConsolePort from;
    private final ConsolePort to;

    private ConsoleProof(ConsolePort from, ConsolePort to) {
        this.from = from;
        this.to = to;
    }

    static void run(Transport transport, DriveOrder order, Drive drive) {
        try (ConsoleDriver driver = ConsoleDriver.start(transport, ConsoleDriver.needs(2))) {
            drive.started(driver.device());
            ConsolePort console = driver.awaitPort(0);
            ConsolePort serial = driver.awaitPort(1);
            serial.open();
            boolean ready =
                    driver.await(
                            () ->
                                    console.isConsole()
                                            && serial.isHostOpen()
                                            && !serial.name().isEmpty(),
                            LIMIT);
            drive.check(
                    Check.that(
                            "port 0 is a console, and somebody is at the end of port 1",
                            ready,
                            driver.ports().toString()));
            drive.check(
                    Check.equal(
                            "the device gives the name of port 1",
                            order.identity(),
                            serial.name()));
            driver.size().ifPresent(size -> drive.fact("the screen", size.toString()));
            byte[] text = TEXT.getBytes(StandardCharsets.US_ASCII);
            drive.check(new ConsoleProof(console, serial).send("text comes out of port 1", text));
            drive.check(new ConsoleProof(serial, console).send("and its echo of port 0", text));
            drive.check(new ConsoleProof(console, serial).send(many("there"), bytes(1)));
            drive.check(new ConsoleProof(serial, console).send(many("back"), bytes(2)));
            drive.check(Check.equal("nothing that came was ignored", 0L, driver.dropped()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String many(String direction) {
        return MANY + " bytes arrive " + direction + ", with equal SHA-256";
    }

    private static byte[] bytes(long seed) {
        byte[] bytes = new byte[MANY];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private Check send(String what, byte[] bytes) throws IOException {
        byte[] seen = new byte[bytes.length];
        int sent = 0;
        int arrived = 0;
        int got = 1;
        while (arrived < bytes.length && got > 0) {
            int most = Math.min(bytes.length, arrived + AHEAD);
            from.write(bytes, sent, most - sent, LIMIT);
            sent = most;
            got = to.read(seen, arrived, seen.length - arrived, LIMIT);
            arrived += Math.max(got, 0);
        }
        return Check.equal(
                what, Digests.sha256(bytes), Digests.sha256(Arrays.copyOf(seen, arrived)));
    }
}
