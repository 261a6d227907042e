package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.jvirtio.DeviceType;
import org.jvirtio.device.ConsoleDriver;
import org.jvirtio.device.ConsolePort;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Policy;

/** A console driver that was started on a model, for tests of what its ports do. */
@Timeout(60)
abstract class StartedConsole {

    static final Duration LIMIT = Duration.ofSeconds(10);

    EmulatedFunction function;
    ConsoleDriver driver;

    void start(String options) {
        start(EmulatedDevices.parse("console" + options));
    }

    void start(EmulatedFunction made) {
        function = made;
        driver =
                ConsoleDriver.start(
                        Transports.open(
                                made,
                                DeviceType.CONSOLE,
                                LayoutChoice.of(made, Policy.AUTO).require()));
    }

    @AfterEach
    void closeAndFindNoComplaint() {
        if (driver != null) {
            driver.close();
        }
        if (!function.complaints().isEmpty()) {
            throw new AssertionError(function.complaints());
        }
    }

    /** Port 0, once it was told to be a console and so is open. */
    ConsolePort console() {
        ConsolePort port = driver.awaitPort(0);
        assertTrue(driver.await(port::isConsole, LIMIT), "port 0 is not told to be a console");
        return port;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void write(ConsolePort port, String text) throws IOException {
        port.write(bytes(text), 0, bytes(text).length, LIMIT);
    }

    /** Waits for so many bytes; fewer at the end. */
    String read(ConsolePort port, int count) throws IOException {
        byte[] seen = new byte[count];
        int done = 0;
        int got = 1;
        while (got > 0 && done < count) {
            got = port.read(seen, done, count - done, LIMIT);
            done += Math.max(got, 0);
        }
        return new String(Arrays.copyOf(seen, done), StandardCharsets.UTF_8);
    }

    String echo(ConsolePort port, String text) throws IOException {
        write(port, text);
        return read(port, bytes(text).length);
    }
}
