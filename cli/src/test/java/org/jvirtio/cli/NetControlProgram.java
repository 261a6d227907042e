package org.jvirtio.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jvirtio.DeviceType;
import org.jvirtio.device.NetControl;
import org.jvirtio.device.NetDriver;
import org.jvirtio.device.NetFeature;
import org.jvirtio.device.NetMac;
import org.jvirtio.device.NetMode;
import org.jvirtio.device.NetReceiveQueue;
import org.jvirtio.device.NetTransmitQueue;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/**
 * Commands to QEMU's network device, in a guest; prints what became of each. Its arguments: two
 * network devices on one hub, the policy for their layout, and {@code link} to wait for changes of
 * the link that the host makes.
 */
public final class NetControlProgram implements GuestProgram {

    private static final long FOREIGN = 0x52_54_00_66_66_66L;
    private static final long MANY = 0x01_00_5e_00_00_fbL;
    private static final int VLAN = 7;

    private PrintStream out;
    private NetDriver near;
    private NetDriver far;

    @Override
    public int run(List<String> arguments, PrintStream output, PrintStream err) {
        out = output;
        Policy policy = Policy.parse(arguments.get(2));
        try (NetDriver first = start(arguments.get(0), policy);
                NetDriver second = start(arguments.get(1), policy)) {
            near = first;
            far = second;
            out.printf("pairs %d, MQ %b%n", far.mostPairs(), far.device().has(NetFeature.MQ));
            filters(far.control().orElseThrow());
            if (arguments.size() > 3) {
                link();
            }
        }
        return 0;
    }

    private void filters(NetControl control) {
        tell("promiscuous");
        control.set(NetMode.PROMISC, false);
        tell("not promiscuous");
        control.set(NetMode.ALLMULTI, true);
        tell("all multicast");
        control.set(NetMode.ALLMULTI, false);
        control.setTables(List.of(new NetMac(FOREIGN)), List.of(new NetMac(MANY)));
        tell("both in the tables");
        control.setTables(List.of(), List.of());
        control.addVlan(VLAN);
        tell("its VLAN");
        control.removeVlan(VLAN);
        NetMac before = far.mac();
        far.setMac(new NetMac(FOREIGN));
        tell("another address");
        far.setMac(before);
        if (far.device().has(NetFeature.MQ)) {
            far.usePairs(far.mostPairs());
        }
        tell("all pairs");
    }

    /** Looks at the link until the host let it down for good, then acknowledges. */
    private void link() {
        out.println("waiting for the link");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!far.link().isAnnouncementAsked() && System.nanoTime() < end) {
            far.link().await(TimeUnit.SECONDS.toNanos(1));
        }
        out.println("announcement asked: " + far.link().isAnnouncementAsked());
        far.control().orElseThrow().acknowledgeAnnouncement();
        far.refresh();
        out.println("announcement asked: " + far.link().isAnnouncementAsked());
        while (far.link().isUp() && System.nanoTime() < end) {
            far.link().await(TimeUnit.SECONDS.toNanos(1));
        }
        out.println("link up: " + far.isLinkUp());
    }

    /** Sends a frame of each kind, then one that surely comes, and prints which came. */
    private void tell(String state) {
        long own = far.mac().bits();
        send(own, false, "own");
        send(FOREIGN, false, "foreign");
        send(MANY, false, "multicast");
        send(own, true, "tagged");
        send(0xffff_ffff_ffffL, false, "all");
        List<String> came = new ArrayList<>();
        NetReceiveQueue queue = far.receive(0);
        while (!came.contains("all")) {
            int count = queue.await(16);
            for (int i = 0; i < count; i++) {
                byte[] frame = new byte[queue.length(i)];
                queue.copyTo(i, frame, 0);
                came.add(name(frame));
            }
            queue.refill();
        }
        out.println(state + ": " + String.join(" ", came));
    }

    private static String name(byte[] frame) {
        return new String(frame, 20, frame[19], StandardCharsets.US_ASCII);
    }

    private void send(long to, boolean tagged, String name) {
        byte[] frame = new byte[60];
        for (int i = 0; i < 6; i++) {
            frame[i] = (byte) (to >> (8 * (5 - i)));
            frame[6 + i] = (byte) near.mac().octet(i);
        }
        int type = tagged ? 0x8100 : 0x88b5;
        frame[12] = (byte) (type >> 8);
        frame[13] = (byte) type;
        frame[15] = VLAN;
        frame[19] = (byte) name.length();
        System.arraycopy(name.getBytes(StandardCharsets.US_ASCII), 0, frame, 20, frame[19]);
        NetTransmitQueue queue = near.transmit(0);
        int buffer = queue.take();
        queue.memory().copyFrom(queue.frame(buffer), frame, 0, frame.length);
        queue.offer(buffer, frame.length);
        queue.submit();
        queue.await();
    }

    private static NetDriver start(String name, Policy policy) {
        PciFunction function = Functions.openToDrive(name);
        return NetDriver.start(
                Transports.open(
                        function, DeviceType.NETWORK, LayoutChoice.of(function, policy).require()),
                NetDriver.needsWithControl());
    }
}
