package org.jvirtio.cli.bench.usernet;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.jvirtio.device.NetDriver;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.linux.KernelInterface;
import org.jvirtio.linux.Tap;
import org.jvirtio.net.FrameRelay;
import org.jvirtio.net.FrameWatch;
import org.jvirtio.net.Ipv4Settings;

/**
 * What {@code bench http} runs inside the guest: the same download over our driver, whose frames
 * the kernel gets through a tap interface, and over the kernel's own driver, in turn. Arguments:
 * rounds, the host's port, bytes, downloads by ours before the first round. Prints {@code http TAB
 * peer TAB seconds} for each download.
 */
public final class GuestHttpBench implements GuestProgram {

    /** Begins each line that is a figure. */
    public static final String FIGURE = "http\t";

    private static final String TAP = "tap0";

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        int rounds = Integer.parseInt(arguments.get(0));
        String port = arguments.get(1);
        long bytes = Long.parseLong(arguments.get(2));
        String kernelPort = KernelPort.await(UserNetPeer.KERNEL.function());
        try (NetDriver driver = OurPort.start();
                Tap tap = Tap.open(TAP);
                KernelInterface ours = KernelInterface.of(TAP);
                KernelInterface theirs = KernelInterface.of(kernelPort);
                FrameRelay relay =
                        FrameRelay.start(
                                driver, tap::read, tap.interrupt(), tap::write, FrameWatch.NONE)) {
            Ipv4Settings near = Ipv4Settings.parse(UserNetPeer.OURS.address());
            Ipv4Settings far = Ipv4Settings.parse(UserNetPeer.KERNEL.address());
            long mac = driver.mac().bits();
            int mask = near.mask().bits();
            ours.use(mac, driver.mtu(), near.address().bits(), mask, 0);
            theirs.use(far.address().bits(), mask, 0);
            for (int i = Integer.parseInt(arguments.get(3)); i > 0; i--) {
                Download.seconds(file(UserNetPeer.OURS, port), bytes);
            }
            for (int round = 1; round <= rounds; round++) {
                for (UserNetPeer peer : UserNetPeer.values()) {
                    double seconds = Download.seconds(file(peer, port), bytes);
                    out.println(FIGURE + peer.label() + "\t" + seconds);
                    out.flush();
                }
            }
            err.printf("our driver: %d frames in, %d out%n", relay.received(), relay.sent());
        }
        return 0;
    }

    private static String file(UserNetPeer peer, String port) {
        return "http://" + peer.host() + ":" + port + "/file";
    }
}
