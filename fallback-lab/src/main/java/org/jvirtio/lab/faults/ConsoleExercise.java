package org.jvirtio.lab.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.RequestException;
import org.jvirtio.Transport;
import org.jvirtio.device.ConsoleDriver;
import org.jvirtio.device.ConsoleDrop;
import org.jvirtio.device.ConsolePort;

/**
 * Has every port of a console that comes echo some lines, each of which has to come as it went. Of
 * one on its own the device has to give each line's buffer back; it need not have a port.
 */
final class ConsoleExercise extends Exercise {

    private static final int LINES = 4;

    /** For the first port, and for the others. */
    private static final Duration FOR_ONE = Duration.ofSeconds(2);

    private static final Duration FOR_ALL = Duration.ofMillis(100);

    private static final Duration FOR_AN_ECHO = Duration.ofSeconds(2);

    private final Work work;

    ConsoleExercise(Work work) {
        this.work = work;
    }

    @Override
    void run(Transport transport) {
        try (ConsoleDriver driver = ConsoleDriver.start(transport)) {
            started();
            driver.await(() -> !driver.ports().isEmpty(), FOR_ONE);
            driver.await(() -> driver.ports().size() == driver.mostPorts(), FOR_ALL);
            if (driver.ports().isEmpty() && !work.alone()) {
                throw new DeviceTimeoutException("waiting for a port of a console: there is none");
            }
            for (ConsolePort port : driver.ports()) {
                exercise(port);
            }
            for (ConsoleDrop reason : ConsoleDrop.values()) {
                facts.ignored(driver.dropped(reason), reason.meaning());
            }
            facts.add(driver.device());
        } catch (IOException e) {
            throw new RequestException(e.getMessage(), e);
        }
    }

    private void exercise(ConsolePort port) throws IOException {
        port.open();
        for (int i = 0; i < LINES; i++) {
            byte[] line = ("line " + i + " of " + port).getBytes(StandardCharsets.UTF_8);
            if (work.alone()) {
                port.write(line, 0, line.length); // None, if nobody is at its other end.
                port.drain(FOR_AN_ECHO);
            } else {
                echo(port, line);
            }
        }
    }

    private void echo(ConsolePort port, byte[] line) throws IOException {
        port.write(line, 0, line.length, FOR_AN_ECHO);
        byte[] seen = read(port, line.length);
        if (!work.anyData() && !Arrays.equals(line, seen)) {
            throw new WrongData("a line came that is not the one written to " + port);
        }
    }

    private static byte[] read(ConsolePort port, int count) throws IOException {
        byte[] seen = new byte[count];
        for (int done = 0; done < count; ) {
            int got = port.read(seen, done, count - done, FOR_AN_ECHO);
            if (got <= 0) {
                throw new DeviceTimeoutException(
                        "waiting for the echo of "
                                + port
                                + ": "
                                + done
                                + " of "
                                + count
                                + " bytes");
            }
            done += got;
        }
        return seen;
    }
}
