package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.DeviceStatus;
import org.jvirtio.page.TimeStep;
import org.jvirtio.page.TimeStep.Kind;
import org.jvirtio.trace.Mark;
import org.jvirtio.trace.Trace;
import org.jvirtio.trace.TraceEvent;
import org.jvirtio.transport.CommonRegister;
import org.jvirtio.transport.LegacyRegister;

/**
 * A trace of a start, cut into the steps that virtio 1.4 section 3.1.1 numbers: what the driver
 * writes to the device status tells where one ends, and marks tell where interrupts and queues
 * begin.
 */
public final class HandshakeSteps {

    /** The steps, in their order. */
    private enum Step {
        CHOICE(
                "0 choice",
                "the configuration space is read, a layout is chosen, windows are opened"),
        RESET("1 reset", "0 is written to the status, and read back"),
        ACKNOWLEDGE("2 ACKNOWLEDGE", "the driver has seen the device"),
        DRIVER("3 DRIVER", "the driver knows how to drive it"),
        FEATURES("4 features", "what is offered is read, what is wanted is written"),
        FEATURES_OK("5, 6 FEATURES_OK", "the device is asked whether it agrees"),
        INTERRUPTS("7 interrupts", "vectors are written, and read back"),
        QUEUES("7 queues", "each queue is sized, allocated and handed over"),
        DRIVER_OK("8 DRIVER_OK", "the device is live"),
        FAILED("FAILED", "the driver gave up");

        private final String label;
        private final String detail;

        Step(String label, String detail) {
            this.label = label;
            this.detail = detail;
        }
    }

    private final Map<Step, List<TimeStep.Moment>> moments = new EnumMap<>(Step.class);
    private Step step = Step.CHOICE;

    private HandshakeSteps() {}

    /** The steps that the trace has something of, until DRIVER_OK has been written and checked. */
    public static List<TimeStep> of(Trace trace) {
        HandshakeSteps steps = new HandshakeSteps();
        steps.go(trace);
        List<TimeStep> all = new ArrayList<>();
        steps.moments.forEach(
                (step, moments) -> all.add(new TimeStep(step.label, step.detail, moments)));
        return all;
    }

    private void go(Trace trace) {
        Map<Integer, NamedAccess> named = new HashMap<>();
        NamedTrace.of(trace).accesses().forEach(access -> named.put(access.index(), access));
        for (int i = 0; i < trace.events().size(); i++) {
            TraceEvent event = trace.events().get(i);
            if (event instanceof Mark mark) {
                if (isOver(mark)) {
                    return;
                }
                step = after(mark);
                add(event, Kind.OTHER, mark.text());
            } else {
                NamedAccess access = named.get(i);
                step = after(access);
                add(event, access.isRead() ? Kind.READ : Kind.WRITE, TraceText.line(access));
            }
        }
    }

    private void add(TraceEvent event, Kind kind, String words) {
        moments.computeIfAbsent(step, key -> new ArrayList<>())
                .add(new TimeStep.Moment(event.nanos(), kind, words));
    }

    private boolean isOver(Mark mark) {
        return step == Step.DRIVER_OK && FunctionMark.PHASE.is(mark);
    }

    private Step after(Mark mark) {
        if (step == Step.CHOICE || step == Step.DRIVER_OK || step == Step.FAILED) {
            return step;
        }
        return FunctionMark.INTERRUPTS.is(mark)
                ? Step.INTERRUPTS
                : FunctionMark.DMA.is(mark) ? Step.QUEUES : step;
    }

    private Step after(NamedAccess access) {
        if (access.isWrite() && access.isOneOf(Registered.STATUS)) {
            return status(access.value());
        }
        if (step == Step.DRIVER && !access.isOneOf(Registered.STATUS)) {
            return Step.FEATURES;
        }
        boolean chosen = step == Step.FEATURES || step == Step.FEATURES_OK;
        return chosen && selectsQueue(access) ? Step.INTERRUPTS : step;
    }

    /** A queue is selected before, too: to see that a reset took it away. */
    private static boolean selectsQueue(NamedAccess access) {
        return access.isWrite()
                && access.is(CommonRegister.QUEUE_SELECT, LegacyRegister.QUEUE_SELECT);
    }

    /** The last bit that is set is the news. */
    private Step status(int value) {
        if (DeviceStatus.FAILED.in(value)) {
            return Step.FAILED;
        }
        if (DeviceStatus.DRIVER_OK.in(value)) {
            return Step.DRIVER_OK;
        }
        if (DeviceStatus.FEATURES_OK.in(value)) {
            return Step.FEATURES_OK;
        }
        if (DeviceStatus.DRIVER.in(value)) {
            return Step.DRIVER;
        }
        return DeviceStatus.ACKNOWLEDGE.in(value) ? Step.ACKNOWLEDGE : Step.RESET;
    }
}
