package org.jvirtio.cli.bench.usernet;

import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jvirtio.DriverLoop;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Waiting;
import org.jvirtio.device.NetDriver;
import org.jvirtio.net.FrameWatch;
import org.jvirtio.net.Ipv4Address;
import org.jvirtio.net.Ipv4Settings;
import org.jvirtio.net.NetStack;
import org.jvirtio.net.Ping;

/** Echo requests of our stack, each sent when the one before was answered. */
final class OurPings {

    private static final Ipv4Address GATEWAY = Ipv4Address.parse(UserNetPeer.OURS.host());

    /** An answer is due soon, so looking for a while costs less than a sleep and an interrupt. */
    private static final Waiting WAITING = Waiting.hybrid(Duration.ofMillis(1));

    private static final long LIMIT_NANOS = Duration.ofSeconds(5).toNanos();

    private final NetStack stack;
    private Histogram nanos = KernelPings.histogram();
    private Ping ping;
    private long sent;
    private int left;

    OurPings(NetDriver driver) {
        stack = new NetStack(driver, FrameWatch.NONE);
        stack.use(Ipv4Settings.parse(UserNetPeer.OURS.address()));
    }

    Histogram measure(int count) {
        nanos = KernelPings.histogram();
        left = count;
        send();
        new DriverLoop("pings", WAITING, List.of(stack.newTurn(this::isOver))).run();
        return nanos;
    }

    private boolean isOver() {
        if (left > 0 && ping.isAnswered()) {
            nanos.recordValue(ping.roundTrip().orElseThrow().toNanos());
            if (--left > 0) {
                send();
            }
        } else if (left > 0 && System.nanoTime() - sent > LIMIT_NANOS) {
            throw new EnvironmentException(
                    "measuring echo requests to "
                            + GATEWAY
                            + ": one had no answer within 5 s, with "
                            + left
                            + " left. Look at what QEMU's user network says.");
        }
        return left == 0;
    }

    private void send() {
        ping = stack.ping(GATEWAY, KernelPings.DATA_BYTES);
        sent = System.nanoTime();
    }
}
