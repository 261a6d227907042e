package org.jvirtio.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jvirtio.DeviceType;
import org.jvirtio.device.ConsoleDriver;
import org.jvirtio.device.ConsolePort;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/**
 * Answers each line that the host types at a port in a guest, until one says {@code file}; then
 * takes a file, and gives one. Its arguments: the bytes of each file, and functions, each of which
 * has a port whose name begins with {@link #PORT}, since no two of a QEMU may have one name.
 */
public final class ConsolePortProgram implements GuestProgram {

    static final String PORT = "org.jvirtio.test";
    static final String FILE = "file";

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) throws IOException {
        int bytes = Integer.parseInt(arguments.get(0));
        for (String name : arguments.subList(1, arguments.size())) {
            try (PciFunction function = Functions.openToDrive(name)) {
                LayoutChoice choice =
                        Transports.confirm(function, LayoutChoice.of(function, Policy.AUTO));
                try (ConsoleDriver driver =
                        ConsoleDriver.start(
                                Transports.open(function, DeviceType.CONSOLE, choice.require()))) {
                    answer(driver, bytes, out);
                }
                out.println(choice.require().label());
            }
        }
        return 0;
    }

    private static void answer(ConsoleDriver driver, int bytes, PrintStream out)
            throws IOException {
        driver.await(() -> mine(driver).isPresent(), LIMIT);
        ConsolePort port = mine(driver).orElseThrow();
        port.open();
        driver.await(port::isHostOpen, LIMIT);
        try (InputStream in = port.input();
                OutputStream to = port.output(LIMIT)) {
            String line = line(in);
            while (!line.equals(FILE)) {
                to.write(("guest: " + line + "\n").getBytes(StandardCharsets.UTF_8));
                line = line(in);
            }
            out.println("took " + Digests.sha256(in.readNBytes(bytes)));
            byte[] file = new byte[bytes];
            new Random(bytes).nextBytes(file);
            to.write(file);
            to.flush();
            out.println("gave " + Digests.sha256(file));
            line(in); // The host has it.
        }
        out.println("ignored " + driver.dropped());
    }

    private static Optional<ConsolePort> mine(ConsoleDriver driver) {
        return driver.ports().stream().filter(port -> port.name().startsWith(PORT)).findFirst();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int value = in.read(); value != '\n' && value >= 0; value = in.read()) {
            line.append((char) value);
        }
        return line.toString();
    }
}
