package org.jvirtio.lab.matrix;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.VirtioException;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;

/**
 * A device that shows more than one layout, compared with itself: seen through each, it is one
 * device with one configuration, the same features where both can say them, and the same queues.
 */
final class HalvesCase implements LabCase {

    private final CellReach reach;
    private final CellPlace place;
    private final Shown shown;
    private final CellDevice device;

    HalvesCase(CellReach reach, CellPlace place, Shown shown, CellDevice device) {
        this.reach = reach;
        this.place = place;
        this.shown = shown;
        this.device = device;
    }

    @Override
    public String id() {
        return String.join("/", "matrix", reach.label(), shown.label(), "halves", device.label());
    }

    @Override
    public String title() {
        return String.format(
                "the %s device is the same device through %s",
                device.label(), String.join(" and ", shown.halves()));
    }

    @Override
    public String clause() {
        return "virtio 1.4 sections 2.2.3, 2.5 and 4.1.4.10";
    }

    @Override
    public String reproduce() {
        return reach.reproduce(id());
    }

    @Override
    public CaseResult run() {
        try {
            List<DeviceView> views = new ArrayList<>();
            for (String half : shown.halves()) {
                views.add(DeviceView.through(half, functions(), device.type()));
            }
            return compared(views);
        } catch (DeviceTimeoutException e) {
            return ended(Outcome.WEDGED, e.getMessage(), List.of());
        } catch (VirtioException e) {
            return ended(Outcome.FAIL, e.getMessage(), List.of());
        }
    }

    private CellFunctions functions() {
        return place.functions(shown, CellInterrupts.MSIX, device);
    }

    private CaseResult compared(List<DeviceView> views) {
        Findings findings = compare(views);
        List<String> trace = views.stream().map(DeviceView::toString).toList();
        Outcome outcome = findings.allRight() ? Outcome.PASS : Outcome.FAIL;
        return ended(outcome, findings.seen(), outcome.isBad() ? trace : List.of());
    }

    /** Holds the first view against each other. */
    static Findings compare(List<DeviceView> views) {
        Findings findings = new Findings();
        DeviceView first = views.get(0);
        for (DeviceView other : views.subList(1, views.size())) {
            String both = " through " + first.half() + " and " + other.half();
            findings.equal("features" + both, first.comparable(), other.comparable());
            findings.equal("configuration" + both, common(first, other), common(other, first));
            findings.equal("queue sizes" + both, first.queueSizes(), other.queueSizes());
        }
        return findings;
    }

    /** As many bytes as both show: a layout may pad its window. */
    private static String common(DeviceView view, DeviceView other) {
        return view.config()
                .substring(0, Math.min(view.config().length(), other.config().length()));
    }

    private CaseResult ended(Outcome outcome, String seen, List<String> trace) {
        return new CaseResult(
                id(),
                outcome,
                "the same features, configuration and queue sizes",
                seen,
                reproduce(),
                trace);
    }
}
