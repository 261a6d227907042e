package org.jvirtio.learn.picture;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.DeviceStatus;
import org.jvirtio.DriverNeeds;
import org.jvirtio.Feature;
import org.jvirtio.FeatureSet;
import org.jvirtio.Register;
import org.jvirtio.RingFeature;
import org.jvirtio.RunningDevice;
import org.jvirtio.VirtioException;
import org.jvirtio.lab.trace.HandshakeSteps;
import org.jvirtio.lab.trace.NamedAccess;
import org.jvirtio.lab.trace.NamedTrace;
import org.jvirtio.lab.trace.Registered;
import org.jvirtio.page.Markup;
import org.jvirtio.page.TimeLine;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.trace.Trace;
import org.jvirtio.transport.CommonRegister;
import org.jvirtio.transport.LegacyRegister;

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

    /** Which 32 bits the next reads or writes of features are about; legacy has only one. */
    private static final Register[] SELECTS_FEATURES = {
        CommonRegister.DEVICE_FEATURE_SELECT, CommonRegister.DRIVER_FEATURE_SELECT,
    };

    private static final int CAPACITY = 256;
    private static final int MOST_IN_TIME = 1000;

    private final String name;
    private final String layout;
    private final Feature[] known;
    private final List<Step> steps = new ArrayList<>();

    /** Until the device ran, or the driver gave up. */
    private Trace start;

    private String refusal = "";
    private int lastStatus = -1;
    private int window;

    private HandshakePicture(PciFunction opened, Policy policy) {
        name = opened.name();
        LayoutChoice choice = StartedDevice.choose(opened, policy);
        layout = StartedDevice.label(choice);
        DriverNeeds needs = Needs.of(StartedDevice.type(choice));
        known = needs.known().toArray(new Feature[0]);
        choice.require();
        Trace whole;
        try (StartedDevice device = new StartedDevice(opened)) {
            try {
                RunningDevice running = device.start(choice, needs, CAPACITY);
                start = device.trace();
                running.close();
            } catch (VirtioException refused) {
                start = device.trace();
                refusal = refused.getMessage();
            }
            whole = device.trace();
        }
        NamedTrace.of(whole).accesses().forEach(this::see);
    }

    public static Picture of(PciFunction function, Policy policy) {
        return new HandshakePicture(function, policy);
    }

    private void see(NamedAccess access) {
        if (access.isOneOf(Registered.STATUS)) {
            status(access);
        } else if (access.is(SELECTS_FEATURES)) {
            window = access.value();
        } else if (access.isOneOf(Registered.OFFERED)) {
            features("the device offers ", access.value());
        } else if (access.isWrite() && access.isOneOf(Registered.ACCEPTED)) {
            features("the driver accepts ", access.value());
        } else if (access.isWrite() && access.value() != 0) {
            queue(access);
        }
    }

    /** How the device is told of a queue. */
    private void queue(NamedAccess access) {
        if (access.is(LegacyRegister.QUEUE_PFN)) {
            handedOver(String.format("page number 0x%x", access.value()));
        } else if (access.is(CommonRegister.QUEUE_ENABLE)) {
            handedOver("three addresses, then QUEUE_ENABLE");
        }
    }

    private void handedOver(String how) {
        steps.add(new Step(-1, "a queue is handed over: " + how));
    }

    private void status(NamedAccess access) {
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
    public String title() {
        return "handshake with " + name + ", layout " + layout;
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
    public void write(Markup page) {
        lights(page);
        if (!refusal.isEmpty()) {
            page.element("p", "It ended here: " + refusal);
        }
        time(page);
    }

    /** A device that never answers is asked again for seconds; nobody would look at all that. */
    private void time(Markup page) {
        int count = start.events().size();
        if (count > MOST_IN_TIME) {
            page.element("p", "It took " + count + " accesses, most of them to ask once more.");
            return;
        }
        page.element("h3", "The same in time, with every register");
        new TimeLine(title(), HandshakeSteps.of(start)).write(page);
    }

    private void lights(Markup page) {
        page.open("table", "class", "lights").open("tr");
        LIGHTS.forEach(bit -> page.element("th", bit.name()));
        page.element("th", "what happened").close();
        for (Step step : steps) {
            page.open("tr");
            LIGHTS.forEach(bit -> light(page, bit, step.status()));
            page.element("td", step.words(), "class", "words").close();
        }
        page.close();
    }

    private static void light(Markup page, DeviceStatus bit, int status) {
        page.open("td");
        if (status >= 0) {
            boolean lit = bit.in(status);
            page.inline(
                    "span",
                    lit ? "●" : "○",
                    "class",
                    lit ? "light lit" : "light unlit",
                    "role",
                    "img",
                    "aria-label",
                    lit ? "set" : "clear");
        }
        page.close();
    }
}
