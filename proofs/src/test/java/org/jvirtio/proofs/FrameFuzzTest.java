package org.jvirtio.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.jvirtio.DeviceType;
import org.jvirtio.device.NetDriver;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.net.Datagram;
import org.jvirtio.net.DhcpClient;
import org.jvirtio.net.Frame;
import org.jvirtio.net.FrameWatch;
import org.jvirtio.net.Ipv4Address;
import org.jvirtio.net.Ipv4Settings;
import org.jvirtio.net.NetStack;
import org.jvirtio.net.UdpPort;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/**
 * Frames of any bytes and length into the receive path, of which most have headers that are right
 * up to a point of the fuzzer's choice. Whatever they hold nothing is thrown, nothing is read past
 * a frame's end, the ARP table keeps its bound, and every frame is counted. What the stack answers
 * comes back to it, because its device is a loop.
 *
 * <p>Without JAZZER_FUZZ=1 only the inputs kept in the repository are tried.
 */
class FrameFuzzTest {

    private static final int MOST_FRAMES = 40;
    private static final int MOST_NEIGHBOURS = 32;

    @FuzzTest(maxDuration = "280s")
    void frames(FuzzedDataProvider data) {
        PciFunction function = EmulatedDevices.parse("net,mac=52:54:00:12:34:56");
        LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
        try (NetDriver driver =
                NetDriver.start(Transports.open(function, DeviceType.NETWORK, choice.require()))) {
            NetStack stack = new NetStack(driver, FrameWatch.NONE);
            boolean settled = data.consumeBoolean();
            if (settled) {
                stack.use(Ipv4Settings.parse("10.0.2.15/24"));
            }
            DhcpClient dhcp = stack.dhcp();
            stack.open(7, FrameFuzzTest::echo);
            stack.turn();
            if (settled) {
                stack.ping(Ipv4Address.parse("10.0.2.2"), 4);
            }
            feed(stack, data);
            assertEquals(dhcp.lease().isPresent(), dhcp.state().hasAddress());
        }
    }

    private static void echo(UdpPort port, Datagram got) {
        if (got.length() <= port.longestData()) {
            port.send(got.source(), got.sourcePort(), got.bytes());
        }
    }

    private static void feed(NetStack stack, FuzzedDataProvider data) {
        FuzzedFrames frames = new FuzzedFrames(data);
        for (int i = 0; i < MOST_FRAMES && data.remainingBytes() > 0; i++) {
            byte[] bytes = frames.next();
            // Memory of exactly this length: a read past the end is found.
            NativeMemory memory = NativeMemory.allocate(bytes.length);
            memory.copyFrom(0, bytes, 0, bytes.length);
            long before = stack.frames();
            stack.receive(new Frame().at(memory, 0, bytes.length));
            assertEquals(before + 1, stack.frames());
            memory.close();
            stack.turn();
            assertTrue(stack.neighbours() <= MOST_NEIGHBOURS);
        }
    }
}
