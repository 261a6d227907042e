package org.jvirtio.cli.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.cli.Check;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.Paint;
import org.jvirtio.cli.Tool;
import org.jvirtio.guest.GuestMachine;
import picocli.CommandLine;

/**
 * A guest on QEMU's user network, over our driver in both layouts of QEMU: DHCP, ARP, ping, UDP,
 * and HTTP both ways over the guest's kernel. QEMU's own capture of the wire is the judge of ours.
 */
class NetTourGuestTest {

    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({"disable-legacy=on, virtio1", "disable-modern=on, legacy"})
    void aGuestGetsOntoTheNetworkAndBothCapturesHoldTheSame(String options, String layout) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
        Console console = new Console(err, err, Paint.none());
        NetTour tour;
        try (HostServers servers = HostServers.start()) {
            tour = new NetTour(directory, servers, options);
            tour.run(NetCommand.guest(tour, new GuestOptions(), console), console);
        }
        String text = said.toString(StandardCharsets.UTF_8);

        assertEquals(
                List.of(
                        "the driver runs",
                        "DHCP grants an address",
                        "the gateway 10.0.2.2 answers every ping",
                        "ARP found the gateway",
                        "a program on the host returns every datagram, byte for byte",
                        "nothing was dropped",
                        "a file of the host arrives over HTTP with the same SHA-256",
                        "the guest's page arrives at",
                        "the host asked for a page",
                        "the kernel took every frame",
                        "our capture and QEMU's hold the same frames sent",
                        "our capture and QEMU's hold the same frames received"),
                tour.checks().stream().map(NetTourGuestTest::claim).toList(),
                text);
        assertEquals(List.of(), tour.checks().stream().filter(check -> !check.ok()).toList(), text);
        assertTrue(tour.checks().get(0).seen().contains("layout " + layout), text);
        assertTrue(tour.checks().get(1).seen().contains("10.0.2.15/24 by 10.0.2.2"), text);
        requireTcpdumpReadsIt();
    }

    /** It is not booted: Debian's kernel has no VFIO without an IOMMU. */
    @Test
    void theMachineIsTheOneThatTheOptionsAskFor() {
        PrintStream err =
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        GuestOptions options = new GuestOptions();
        new CommandLine(options).parseArgs("--no-iommu", "--qemu=-s");
        try (HostServers servers = HostServers.start()) {
            NetTour tour = new NetTour(directory, servers, "disable-legacy=on");
            GuestMachine machine =
                    NetCommand.guest(tour, options, new Console(err, err, Paint.none())).machine();
            assertFalse(machine.iommu());
            assertTrue(machine.qemuArguments().contains("-s"), "" + machine.qemuArguments());
        }
    }

    /** The host's port is another one each time. */
    private static String claim(Check check) {
        return check.what().replaceFirst(" http://.*", "");
    }

    private void requireTcpdumpReadsIt() {
        String read =
                new Tool("tcpdump", "tcpdump")
                        .require("-n", "-v", "-r", directory.resolve("ours.pcap").toString());
        assertTrue(read.contains("DHCP, Request"), read);
        assertTrue(read.contains("10.0.2.2 > 10.0.2.15: ICMP echo reply"), read);
        assertTrue(read.contains("HTTP: HTTP/1.1 200 OK") || read.contains("HTTP/1.1 200"), read);
        assertTrue(!read.contains("bad cksum"), read);
    }
}
