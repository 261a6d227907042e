package org.jvirtio.cli.bench.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.EnvironmentException;
import org.jvirtio.guest.DebianProgram;

/** What testpmd of DPDK 22.11 is told and what it prints. */
class TestpmdTest {

    /** One of its periods. */
    private static String period(int received, int sent) {
        return String.format(
                """
                Port statistics ====================================
                  ######################## NIC statistics for port 0  ########################
                  RX-packets: 0          RX-missed: 0          RX-bytes:  0
                  RX-errors: 0
                  TX-packets: 1447       TX-errors: 0          TX-bytes:  92608

                  Throughput (since last show)
                  Rx-pps: %12d          Rx-bps:            0
                  Tx-pps: %12d          Tx-bps:    148031232
                  ############################################################################
                """,
                received, sent);
    }

    @Test
    void theVersionStandsInWhatItSaysOfItself() {
        assertEquals("DPDK 22.11.11", Testpmd.version("EAL: RTE Version: 'DPDK 22.11.11'\n"));
        EnvironmentException none =
                assertThrows(EnvironmentException.class, () -> Testpmd.version("usage: testpmd"));
        assertTrue(none.getMessage().contains("usage: testpmd"), none.getMessage());
    }

    @Test
    void theRateIsTheMedianOfThePeriodsAfterTheStart() {
        String output =
                period(0, 9_000_000)
                        + period(0, 100)
                        + period(7, 300)
                        + period(8, 200)
                        + period(9, 250);

        assertEquals(250, Testpmd.rate("Tx-pps:", output));
        assertEquals(8, Testpmd.rate("Rx-pps:", output));
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        String start = period(0, 0) + period(0, 0);
        String output = start + period(0, 100) + period(0, 300) + period(0, 200) + period(0, 400);

        assertEquals(250, Testpmd.rate("Tx-pps:", output));
    }

    @Test
    void periodsInWhichNothingWentThroughDoNotCount() {
        String output = String.join("", Collections.nCopies(9, period(0, 0))) + period(0, 42);

        assertEquals(42, Testpmd.rate("Tx-pps:", output));
    }

    @Test
    void nothingAtAllIsAFailureWithWhatItSaid() {
        EnvironmentException e =
                assertThrows(
                        EnvironmentException.class,
                        () -> Testpmd.rate("Tx-pps:", "EAL: no probed ethernet devices\n"));

        assertTrue(e.getMessage().contains("no probed ethernet devices"), e.getMessage());
        assertThrows(
                EnvironmentException.class,
                () -> Testpmd.rate("Tx-pps:", "Tx-pps: 1\nTx-pps: 1\nTx-pps: many\n"));
    }

    @Test
    void theDriverIsOfTheVersionOfTheOtherLibraries() {
        DebianProgram program =
                Testpmd.program(
                        List.of(
                                "libdpdk-dev",
                                "python3",
                                "libc6",
                                "librte-ethdev25",
                                "librte-eal25"));

        assertEquals(
                List.of("libc6", "librte-ethdev25", "librte-eal25", "librte-net-virtio25"),
                program.packages());
        assertEquals(List.of("dpdk-dev"), program.alone());
        assertThrows(EnvironmentException.class, () -> Testpmd.program(List.of("libc6")));
    }

    @Test
    void senderAndReceiverForwardOnProcessorsOfTheirOwn() {
        NetCell cell = new NetCell(64, 32);
        List<String> sender = Testpmd.command(NetPort.SENDER, cell, List.of("/lib/a.so"));
        List<String> receiver = Testpmd.command(NetPort.RECEIVER, cell, List.of("/lib/a.so"));

        assertTrue(
                sender.containsAll(List.of("0@1,1@0", "--txpkts=64", "--burst=32")), "" + sender);
        assertTrue(
                receiver.containsAll(List.of("0@0,1@1", "--forward-mode=rxonly")), "" + receiver);
        assertEquals("/lib/a.so", sender.get(sender.indexOf("-d") + 1));
        assertEquals("0000:00:04.0", sender.get(sender.indexOf("-a") + 1));
    }
}
