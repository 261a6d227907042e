package org.jvirtio.learn.picture;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.DeviceStatus;
import org.jvirtio.DriverNeeds;
import org.jvirtio.Feature;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.VirtioException;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.trace.Access;
import org.jvirtio.trace.TraceHeader;

/**
 * A handshake as the registers saw it: the device status as lights, one row for each step, with
 * what was offered, accepted and handed over between them.
 */
public final class HandshakePicture implements Picture {

    /**
     * One step.
     *
     * @param status what the lights show; -1 if the step is not about them
     */
    private record Step(int status, String words) {}

    private static final List<DeviceStatus> LIGHTS =
            List.of(
                    DeviceStatus.ACKNOWLEDGE,
                    DeviceStatus.DRIVER,
                    DeviceStatus.FEATURES_OK,
                    DeviceStatus.DRIVER_OK,
                    DeviceStatus.FAILED);

    private static final int CAPACITY = 256;

    private final String name;
    private final String layout;
    private final Feature[] known;
    private final List<Step> steps = new ArrayList<>();
    private String refusal = "";
    private int lastStatus = -1;
    private int window;

    private HandshakePicture(PciFunction opened, Policy policy) {
        name = opened.name();
        LayoutChoice choice = StartedDevice.choose(opened, policy);
        layout = StartedDevice.label(choice);
        DriverNeeds needs = Needs.of(StartedDevice.type(choice));
        known = needs.known().toArray(new Feature[0]);
        HandshakeRegisters registers = HandshakeRegisters.of(choice.require());
        try (StartedDevice device = new StartedDevice(opened)) {
            try {
                device.start(choice, needs, CAPACITY).close();
            } catch (VirtioException refused) {
                refusal = refused.getMessage();
            }
            device.events()
                    .trace(new TraceHeader(name, List.of()))
                    .accesses()
                    .forEach(access -> see(registers, access));
        }
    }

    public static Picture of(PciFunction function, Policy policy) {
        return new HandshakePicture(function, policy);
    }

    private void see(HandshakeRegisters registers, Access access) {
        if (registers.isStatus(access)) {
            status(access);
        } else if (registers.selectsFeatures(access)) {
            window = access.value();
        } else if (registers.offers(access)) {
            features("the device offers ", access.value());
        } else if (registers.accepts(access)) {
            features("the driver accepts ", access.value());
        } else if (registers.enablesQueue(access) && access.value() != 0) {
            steps.add(new Step(-1, "a queue is handed over: " + registers.handedOver(access)));
        }
    }

    private void status(Access access) {
        int status = access.value();
        boolean answered = access.isRead() && (status != lastStatus || awaitsAnswer());
        if (access.isWrite()) {
            steps.add(new Step(status, status == 0 ? "write 0x00: reset" : write(status)));
        } else if (answered) {
            steps.add(new Step(status, String.format("read  0x%02x%s", status, answer(status))));
        }
        lastStatus = status;
    }

    /** After a reset and after FEATURES_OK, reading is part of the handshake. */
    private boolean awaitsAnswer() {
        String last = steps.isEmpty() ? "" : steps.get(steps.size() - 1).words();
        return last.contains("reset") || last.contains("FEATURES_OK");
    }

    private String write(int status) {
        int added = lastStatus < 0 ? status : status & ~lastStatus;
        List<String> names = new ArrayList<>();
        for (DeviceStatus bit : DeviceStatus.values()) {
            if (bit.in(added)) {
                names.add(bit.name());
            }
        }
        return String.format("write 0x%02x: %s", status, String.join(", ", names));
    }

    private String answer(int status) {
        if (status == 0) {
            return ": done";
        }
        return DeviceStatus.FEATURES_OK.in(status)
                ? ": the device agrees"
                : awaitsAnswer() ? ": the device does not agree" : "";
    }

    private void features(String who, int bits) {
        if (bits == 0 && window > 1) {
            return;
        }
        List<String> names = FeatureSet.ofWindow(window, bits).names(RingFeature.values(), known);
        String which = String.format("bits %d to %d: 0x%08x", 32 * window, 32 * window + 31, bits);
        steps.add(new Step(-1, who + which));
        names.forEach(each -> steps.add(new Step(-1, "    " + each)));
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("layout " + layout);
        lines.add("ACKNOWLEDGE  DRIVER  FEATURES_OK  DRIVER_OK  FAILED");
        for (Step step : steps) {
            lines.add(step.status() < 0 ? " ".repeat(54) + step.words() : lit(step));
        }
        if (!refusal.isEmpty()) {
            lines.add("it ended here: " + refusal);
        }
        return lines;
    }

    private static String lit(Step step) {
        StringBuilder line = new StringBuilder();
        for (DeviceStatus bit : LIGHTS) {
            String light = bit.in(step.status()) ? "(*)" : "( )";
            line.append(light).append(" ".repeat(bit.name().length() + 2 - light.length()));
        }
        return line.append("  ").append(step.words()).toString();
    }

    @Override
    public String svg() {
        Svg svg = new Svg("handshake with " + name + ", layout " + layout);
        int x = 0;
        for (DeviceStatus bit : LIGHTS) {
            svg.words("head", x, 14, bit.name());
            int y = 36;
            for (Step step : steps) {
                if (step.status() >= 0) {
                    svg.circle(bit.in(step.status()) ? "lit" : "unlit", x + 40, y - 5, 7);
                }
                y += 22;
            }
            x += 110;
        }
        int y = 36;
        for (Step step : steps) {
            svg.words("mono", x + 10, y, step.words());
            y += 22;
        }
        if (!refusal.isEmpty()) {
            svg.words("note", 0, y, "it ended here");
        }
        return svg.toString();
    }
}
