package org.jvirtio.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.DeviceType;
import org.jvirtio.device.NetDriver;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.net.DropReason;
import org.jvirtio.net.Frame;
import org.jvirtio.net.FrameWatch;
import org.jvirtio.net.Ipv4Settings;
import org.jvirtio.net.NetStack;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/**
 * A stack allocates nothing for a frame: answered, delivered or dropped. What is counted is from a
 * frame to its answer on the ring; the doorbell after it runs code of the model on our thread,
 * which may allocate.
 */
class StackAllocationTest {

    private static final int WARM_UP = 2_000_000;
    private static final int FRAMES = 400_000;
    private static final int BATCH = 8;

    private static final String ETHERNET = "525400123456 525400abcdef ";
    private static final String ADDRESSES = "0a000202 0a00020f ";

    /** An ARP request, an echo request, a datagram, a fragment, and a packet for somebody else. */
    private static final List<String> KINDS =
            List.of(
                    ETHERNET + "0806 00010800 06040001 525400abcdef 0a000202 000000000000 0a00020f",
                    ETHERNET + "0800 4500001c 00000000 400162d1 " + ADDRESSES + "0800f7fe 00000001",
                    ETHERNET
                            + "0800 4500001d 00000000 401162c0 "
                            + ADDRESSES
                            + "03e80007 00090000 61",
                    ETHERNET + "0800 4500001c 00002001 401142c0 " + ADDRESSES + "03e80007 00080000",
                    ETHERNET
                            + "0800 4500001c 00000000 401162c0 0a000202 0a000210"
                            + " 03e80007 00080000");

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long delivered;

    @Test
    void aFrameOfAnyKindAllocatesNothing() {
        PciFunction function =
                EmulatedDevices.parse("net,mac=52:54:00:12:34:56,thread=on,hub=allocation");
        LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
        try (NetDriver driver =
                NetDriver.start(Transports.open(function, DeviceType.NETWORK, choice.require()))) {
            NetStack stack = new NetStack(driver, FrameWatch.NONE);
            stack.use(Ipv4Settings.parse("10.0.2.15/24"));
            stack.open(7, (port, datagram) -> delivered += datagram.length());
            Frame[] frames = KINDS.stream().map(StackAllocationTest::frame).toArray(Frame[]::new);
            feed(stack, frames, WARM_UP);
            delivered = 0;
            assertTrue(thread.getCurrentThreadAllocatedBytes() > 0, "this JVM does not count");

            long allocated = feed(stack, frames, FRAMES);

            assertEquals(FRAMES / KINDS.size(), delivered, stack.drops()::toString);
            long all = ((long) FRAMES + WARM_UP) / KINDS.size();
            assertEquals(all, stack.drops().of(DropReason.IP_FRAGMENT));
            assertEquals(all, stack.drops().of(DropReason.IP_NOT_OURS));
            assertEquals(0, stack.drops().of(DropReason.IP_CHECKSUM));
            assertEquals(0, stack.drops().of(DropReason.ICMP_CHECKSUM));
            assertEquals(0, allocated);
        }
    }

    private long feed(NetStack stack, Frame[] frames, int count) {
        long allocated = 0;
        for (int i = 0; i < count; i += BATCH) {
            long before = thread.getCurrentThreadAllocatedBytes();
            for (int j = i; j < i + BATCH; j++) {
                stack.receive(frames[j % frames.length]);
            }
            allocated += thread.getCurrentThreadAllocatedBytes() - before;
            stack.turn();
        }
        return allocated;
    }

    private static Frame frame(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        NativeMemory memory = NativeMemory.allocate(bytes.length);
        memory.copyFrom(0, bytes, 0, bytes.length);
        return new Frame().at(memory, 0, bytes.length);
    }
}
