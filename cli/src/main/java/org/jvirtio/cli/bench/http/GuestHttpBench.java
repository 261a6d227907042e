package org.jvirtio.cli.bench.http;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.jvirtio.DeviceType;
import org.jvirtio.device.NetDriver;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.linux.KernelInterface;
import org.jvirtio.linux.Tap;
import org.jvirtio.net.FrameRelay;
import org.jvirtio.net.FrameWatch;
import org.jvirtio.net.Ipv4Settings;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.sysfs.DriverBinding;
import org.jvirtio.sysfs.SysfsBus;
import org.jvirtio.transport.Transports;
import org.jvirtio.vfio.VfioFunction;

/**
 * What {@code bench http} runs inside the guest: the same download over our driver, whose frames
 * the kernel gets through a tap interface, and over the kernel's own driver, in turn. Arguments:
 * rounds, the host's port, bytes. Prints {@code http TAB peer TAB seconds} for each download.
 */
public final class GuestHttpBench implements GuestProgram {

    /** Begins each line that is a figure. */
    public static final String FIGURE = "http\t";

    private static final String TAP = "tap0";

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        int rounds = Integer.parseInt(arguments.get(0));
        long bytes = Long.parseLong(arguments.get(2));
        String kernelPort = KernelPort.await(HttpPeer.KERNEL.function());
        try (NetDriver driver = start();
                Tap tap = Tap.open(TAP);
                KernelInterface ours = KernelInterface.of(TAP);
                KernelInterface theirs = KernelInterface.of(kernelPort);
                FrameRelay relay =
                        FrameRelay.start(
                                driver, tap::read, tap.interrupt(), tap::write, FrameWatch.NONE)) {
            Ipv4Settings near = Ipv4Settings.parse(HttpPeer.OURS.address());
            Ipv4Settings far = Ipv4Settings.parse(HttpPeer.KERNEL.address());
            long mac = driver.mac().bits();
            int mask = near.mask().bits();
            ours.use(mac, driver.mtu(), near.address().bits(), mask, 0);
            theirs.use(far.address().bits(), mask, 0);
            for (int round = 1; round <= rounds; round++) {
                for (HttpPeer peer : HttpPeer.values()) {
                    String address = "http://" + peer.host() + ":" + arguments.get(1) + "/file";
                    out.println(FIGURE + peer.label() + "\t" + Download.seconds(address, bytes));
                    out.flush();
                }
            }
            err.printf("our driver: %d frames in, %d out%n", relay.received(), relay.sent());
        }
        return 0;
    }

    /** The kernel's driver has both devices at first. */
    private static NetDriver start() {
        DriverBinding.take(
                new SysfsBus(),
                HttpPeer.OURS.function(),
                "vfio-pci",
                DriverBinding.Permission.FROM_ITS_DRIVER);
        PciFunction function =
                VfioFunction.open(
                        new SysfsBus(), HttpPeer.OURS.function(), DriverBinding.Permission.UNBOUND);
        LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
        return NetDriver.start(Transports.open(function, DeviceType.NETWORK, choice.require()));
    }
}
