package org.jvirtio.cli.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.jvirtio.DeviceType;
import org.jvirtio.cli.Functions;
import org.jvirtio.device.NetDriver;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.net.DhcpLease;
import org.jvirtio.net.PcapWriter;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/**
 * What {@code jvirtio net} runs inside the guest. Its arguments: the function, the port of the
 * host's UDP echo, where the host has a file, and that file's SHA-256. Prints {@link TourLine}s,
 * the capture last.
 */
public final class GuestNetTour implements GuestProgram {

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        ByteArrayOutputStream capture = new ByteArrayOutputStream();
        PciFunction function = Functions.openToDrive(arguments.get(0));
        LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
        try (PcapWriter watch = new PcapWriter(capture);
                NetDriver driver =
                        NetDriver.start(
                                Transports.open(function, DeviceType.NETWORK, choice.require()))) {
            TourLine.check(
                    out,
                    "the driver runs",
                    true,
                    String.format(
                            "%s, layout %s, %s, header of %d bytes",
                            arguments.get(0),
                            choice.require().label(),
                            driver.mac(),
                            driver.headerBytes()));
            int echoPort = Integer.parseInt(arguments.get(1));
            Optional<DhcpLease> lease = new StackTour(driver, watch, out).run(echoPort);
            if (lease.isPresent()) {
                new KernelTour(driver, watch, out)
                        .run(lease.get().settings(), arguments.get(2), arguments.get(3));
            }
        }
        TourLine.pcap(out, capture.toByteArray());
        return 0;
    }
}
