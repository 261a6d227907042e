package org.jvirtio.cli.net;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jvirtio.device.NetDriver;
import org.jvirtio.net.DhcpClient;
import org.jvirtio.net.DhcpLease;
import org.jvirtio.net.FrameWatch;
import org.jvirtio.net.Ipv4Address;
import org.jvirtio.net.NetStack;
import org.jvirtio.net.Ping;
import org.jvirtio.net.UdpPort;

/** The part of the tour that our own protocols make: DHCP, ARP, ICMP echo, UDP. */
final class StackTour {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int PINGS = 20;
    private static final int DATAGRAMS = 32;

    private final NetStack stack;
    private final PrintStream out;
    private final List<byte[]> echoes = new ArrayList<>();

    StackTour(NetDriver driver, FrameWatch watch, PrintStream out) {
        stack = new NetStack(driver, watch);
        this.out = out;
    }

    /** What was granted; empty if nothing was, which is said. */
    Optional<DhcpLease> run(int echoPort) {
        try (DhcpClient dhcp = stack.dhcp()) {
            stack.await(() -> dhcp.lease().isPresent(), LIMIT);
            Optional<DhcpLease> lease = dhcp.lease();
            tell(
                    "DHCP grants an address",
                    lease.isPresent(),
                    lease.map(StackTour::words).orElse("no answer in " + LIMIT));
            lease.ifPresent(granted -> talk(granted.settings().router(), echoPort));
            return lease;
        }
    }

    private static String words(DhcpLease lease) {
        return String.format(
                "%s, from %s for %d s, name server %s",
                lease.settings(), lease.server(), lease.seconds(), lease.nameServer());
    }

    private void talk(Ipv4Address gateway, int echoPort) {
        ping(gateway);
        tell("ARP found the gateway", stack.neighbours() >= 1, stack.neighbours() + " neighbours");
        echo(gateway, echoPort);
        tell("nothing was dropped", stack.drops().total() == 0, stack.drops().toString());
    }

    private void ping(Ipv4Address gateway) {
        List<Long> micros = new ArrayList<>();
        for (int i = 0; i < PINGS; i++) {
            Ping ping = stack.ping(gateway, 56);
            stack.await(ping::isAnswered, LIMIT);
            ping.roundTrip().ifPresent(time -> micros.add(time.toNanos() / 1000));
        }
        micros.sort(null);
        tell(
                "the gateway " + gateway + " answers every ping",
                micros.size() == PINGS,
                micros.size()
                        + " of "
                        + PINGS
                        + (micros.isEmpty()
                                ? ""
                                : ", median " + micros.get(micros.size() / 2) + " us"));
    }

    /** Through the gateway's address, which the user network maps to the host's loopback. */
    private void echo(Ipv4Address host, int echoPort) {
        List<byte[]> sent = new ArrayList<>();
        try (UdpPort port = stack.open(0, (own, datagram) -> echoes.add(datagram.bytes()))) {
            for (int i = 0; i < DATAGRAMS; i++) {
                byte[] data = new byte[i * 47];
                new Random(i).nextBytes(data);
                sent.add(data);
                port.send(host, echoPort, data);
                int expected = i + 1;
                stack.await(() -> echoes.size() >= expected, LIMIT);
            }
        }
        boolean same = echoes.size() == DATAGRAMS;
        for (int i = 0; same && i < DATAGRAMS; i++) {
            same = Arrays.equals(sent.get(i), echoes.get(i));
        }
        tell(
                "a program on the host returns every datagram, byte for byte",
                same,
                echoes.size() + " of " + DATAGRAMS + ", 0 to " + (DATAGRAMS - 1) * 47 + " bytes");
    }

    private void tell(String what, boolean ok, String seen) {
        TourLine.check(out, what, ok, seen);
    }
}
