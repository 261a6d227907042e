package org.jvirtio.cli.bench.usernet;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jvirtio.device.NetDriver;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.linux.KernelInterface;
import org.jvirtio.net.Ipv4Settings;

/**
 * What {@code bench ping} runs inside the guest: echo requests to the gateway, one after the other,
 * by our stack over our driver, and by {@code ping} over the kernel's, in turn. Arguments: rounds,
 * requests of each, requests of ours before the first round. Prints the version of ping, then
 * {@code ping TAB peer TAB quantile TAB microseconds}.
 */
public final class GuestPingBench implements GuestProgram {

    /** Begins each line that is a figure. */
    public static final String FIGURE = "ping\t";

    /** Begins the line that tells the version of ping. */
    public static final String PING_IS = "ping is ";

    /** What is told of the round trips of one turn. */
    public static final List<Double> QUANTILES = List.of(50.0, 99.0);

    private static final double NANOS_PER_MICRO = 1000;

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        int rounds = Integer.parseInt(arguments.get(0));
        int count = Integer.parseInt(arguments.get(1));
        out.println(PING_IS + KernelPings.version());
        String kernelPort = KernelPort.await(UserNetPeer.KERNEL.function());
        try (NetDriver driver = OurPort.start();
                KernelInterface theirs = KernelInterface.of(kernelPort)) {
            Ipv4Settings far = Ipv4Settings.parse(UserNetPeer.KERNEL.address());
            theirs.use(far.address().bits(), far.mask().bits(), 0);
            OurPings ours = new OurPings(driver);
            ours.measure(Integer.parseInt(arguments.get(2)));
            for (int round = 1; round <= rounds; round++) {
                print(out, UserNetPeer.OURS, ours.measure(count));
                print(out, UserNetPeer.KERNEL, KernelPings.measure(count));
            }
        }
        return 0;
    }

    private static void print(PrintStream out, UserNetPeer peer, Histogram nanos) {
        for (double quantile : QUANTILES) {
            double micros = nanos.getValueAtPercentile(quantile) / NANOS_PER_MICRO;
            out.println(FIGURE + peer.label() + "\t" + quantile + "\t" + micros);
        }
        out.flush();
    }
}
