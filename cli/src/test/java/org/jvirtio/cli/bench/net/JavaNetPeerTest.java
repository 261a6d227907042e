package org.jvirtio.cli.bench.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.DeviceType;
import org.jvirtio.InterruptMode;
import org.jvirtio.VirtioException;
import org.jvirtio.device.NetDriver;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/** Sender and receiver in one process, a thread each. */
class JavaNetPeerTest {

    private static final long NANOS = 100_000_000;

    private static NetDriver start(String options) {
        PciFunction function =
                EmulatedDevices.parse("net,layout=virtio1,hub=net-peer-test" + options);
        LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
        return NetDriver.start(
                Transports.open(function, DeviceType.NETWORK, choice.require()),
                NetDriver.needs().withInterrupts(InterruptMode.POLLING));
    }

    @Test
    void whatIsSentIsReceived() throws InterruptedException {
        try (NetDriver receiver = start(",mac=52:54:00:6a:76:01");
                NetDriver sender = start(",mac=52:54:00:6a:76:02")) {
            Testpmd.Rates rates = JavaNetPeer.measure(receiver, sender, new NetCell(64, 32), NANOS);
            assertTrue(rates.transmitted() > 0 && rates.received() > 0, rates.toString());
        }
    }

    /** Its thread would go on reading rings that are given back. */
    @Test
    void nobodyReceivesAnyMoreWhenTheSenderHasFailed() throws InterruptedException {
        try (NetDriver receiver = start(",mac=52:54:00:6a:76:01");
                NetDriver sender = start(",mac=52:54:00:6a:76:02,fault=used-id-outside")) {
            assertThrows(
                    VirtioException.class,
                    () -> JavaNetPeer.measure(receiver, sender, new NetCell(64, 32), 10 * NANOS));
            List<String> left = receiving();
            while (!receiving().isEmpty()) {
                Thread.sleep(10); // So that this test at least closes nothing under them.
            }
            assertEquals(List.of(), left);
        }
    }

    /** The threads that are within a receiver. */
    private static List<String> receiving() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(
                        thread ->
                                Arrays.stream(thread.getValue())
                                        .anyMatch(
                                                frame ->
                                                        frame.getClassName()
                                                                .equals(
                                                                        FrameReceiver.class
                                                                                .getName())))
                .map(thread -> thread.getKey().getName())
                .toList();
    }
}
