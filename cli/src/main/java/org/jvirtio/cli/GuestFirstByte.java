package org.jvirtio.cli;

import java.io.PrintStream;
import java.util.List;
import org.jvirtio.DeviceType;
import org.jvirtio.device.EntropyDriver;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/** The shortest way to a byte that a device wrote; prints how many nanoseconds it took. */
public final class GuestFirstByte implements GuestProgram {

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        long start = System.nanoTime();
        PciFunction function = Functions.openToDrive(arguments.get(0));
        LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
        try (EntropyDriver driver =
                EntropyDriver.start(
                        Transports.open(function, DeviceType.ENTROPY, choice.require()))) {
            driver.fill(new byte[1]);
            out.println(System.nanoTime() - start);
        }
        return ExitCode.DONE;
    }
}
