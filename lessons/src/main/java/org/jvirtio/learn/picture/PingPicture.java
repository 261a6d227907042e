package org.jvirtio.learn.picture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.DeviceType;
import org.jvirtio.LayoutException;
import org.jvirtio.device.NetDriver;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.net.FrameWatch;
import org.jvirtio.net.Ipv4Address;
import org.jvirtio.net.Ipv4Settings;
import org.jvirtio.net.NetStack;
import org.jvirtio.net.Ping;
import org.jvirtio.page.Markup;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/**
 * One ping through a network device, frame by frame. The neighbour who answers is a second stack
 * over a second device; on another network, such as QEMU's, whoever is at home there answers.
 *
 * <pre>
 *   10.0.2.15  NetStack -- NetDriver -- the function --.
 *                                                      | hub=lesson
 *   10.0.2.2   NetStack -- NetDriver -- a model  ------'
 * </pre>
 */
public final class PingPicture implements Picture {

    private static final String NEIGHBOUR = "net,hub=lesson,mac=52:54:00:00:02:02";
    private static final Ipv4Settings OURS = Ipv4Settings.parse("10.0.2.15/24");
    private static final Ipv4Settings THEIRS = Ipv4Settings.parse("10.0.2.2/24");
    private static final int DATA_BYTES = 56;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final String name;
    private final String layout;
    private final List<SeenFrame> frames = new ArrayList<>();

    private PingPicture(PciFunction function, Policy policy) {
        name = function.name();
        LayoutChoice choice = StartedDevice.choose(function, policy);
        layout = StartedDevice.label(choice);
        if (StartedDevice.type(choice) != DeviceType.NETWORK) {
            throw new LayoutException(
                    "drawing a ping through " + name + ": it is no network device. Name one.");
        }
        try (NetDriver near = start(function, choice);
                NetDriver far = neighbour()) {
            ping(near, far);
        }
    }

    public static Picture of(PciFunction function, Policy policy) {
        return new PingPicture(function, policy);
    }

    private static NetDriver neighbour() {
        PciFunction model = EmulatedDevices.parse(NEIGHBOUR);
        return start(model, LayoutChoice.of(model, Policy.AUTO));
    }

    private static NetDriver start(PciFunction function, LayoutChoice choice) {
        return NetDriver.start(Transports.open(function, DeviceType.NETWORK, choice.require()));
    }

    private void ping(NetDriver near, NetDriver far) {
        long mac = near.mac().bits();
        NetStack stack =
                new NetStack(near, (frame, length) -> see(SeenFrame.of(frame, length, mac)));
        NetStack neighbour = new NetStack(far, FrameWatch.NONE);
        stack.use(OURS);
        neighbour.use(THEIRS);
        Ping ping = stack.ping(THEIRS.address(), DATA_BYTES);
        long begin = System.nanoTime();
        while (!ping.isAnswered()) {
            stack.turn();
            neighbour.turn();
            if (System.nanoTime() - begin > LIMIT.toNanos()) {
                throw unanswered(ping.destination());
            }
        }
    }

    private void see(SeenFrame frame) {
        if (frame.isOfAPing()) {
            frames.add(frame);
        }
    }

    private DeviceTimeoutException unanswered(Ipv4Address asked) {
        return new DeviceTimeoutException(
                "pinging "
                        + asked
                        + " through "
                        + name
                        + ": no answer within "
                        + LIMIT.toSeconds()
                        + " s, "
                        + frames.size()
                        + " frames seen. Nobody is at home there: add hub=lesson to an emulated"
                        + " device, or connect it to a network that has this address.");
    }

    @Override
    public String title() {
        return "a ping through " + name + ", layout " + layout;
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("layout " + layout + ": " + OURS.address() + " pings " + THEIRS.address());
        frames.forEach(frame -> lines.add(frame.toString()));
        lines.add("answered: the same " + DATA_BYTES + " bytes came back");
        return lines;
    }

    @Override
    public void write(Markup page) {
        for (SeenFrame frame : frames) {
            page.element("h3", frame.toString());
            frame.dump().write(page);
        }
    }
}
