package org.jvirtio.lab.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.DriverNeeds;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.RunningDevice;
import org.jvirtio.Transport;
import org.jvirtio.VirtioException;
import org.jvirtio.Waiting;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.Outcome;
import org.jvirtio.lab.trace.RecordingFunction;
import org.jvirtio.lab.trace.TraceText;
import org.jvirtio.pci.ChoiceText;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.transport.Transports;

/** Drives one cell: chooses, starts the device, has it work, and holds all against the cell. */
final class CellDrive {

    /**
     * Interrupts that may come later than the 100 ms after which a driver looks by itself: a host
     * with no processor to spare does that to one of hundreds. A mode that does not work loses all.
     */
    private static final long LATE_FROM_ELSEWHERE = 1;

    private final CellCase asked;
    private final Cell cell;
    private final String expectedLayout;
    private final Findings findings = new Findings();
    private final CellFunctions functions;
    private final List<String> trace = new ArrayList<>();
    private final List<RecordingFunction.InMemory> recordings = new ArrayList<>();
    private final Set<String> lacking = new TreeSet<>();

    CellDrive(CellCase asked, String expectedLayout, CellFunctions functions) {
        this.asked = asked;
        this.cell = asked.cell();
        this.expectedLayout = expectedLayout;
        this.functions = functions;
    }

    CaseResult result() {
        try {
            drive();
        } catch (DeviceTimeoutException e) {
            return ended(Outcome.WEDGED, e.getMessage());
        } catch (VirtioException e) {
            return ended(Outcome.FAIL, e.getMessage());
        }
        if (!lacking.isEmpty() && cell.reach().mayLack()) {
            return ended(Outcome.SKIP, String.join("; ", lacking));
        }
        List<String> complaints = functions.complaints();
        findings.that("no complaint", complaints.isEmpty(), complaints.toString());
        Outcome good = isRefusal() ? Outcome.REJECT : Outcome.PASS;
        return ended(findings.allRight() ? good : Outcome.FAIL, findings.seen());
    }

    private boolean isRefusal() {
        return expectedLayout.equals(LayoutOracle.REFUSED);
    }

    private CaseResult ended(Outcome outcome, String seen) {
        return new CaseResult(
                asked.id(),
                outcome,
                expected(),
                seen,
                asked.reproduce(),
                outcome.isBad() ? trace() : List.of());
    }

    /** The choice with its evidence, what was negotiated, and the last accesses to each end. */
    private List<String> trace() {
        List<String> all = new ArrayList<>(trace);
        for (RecordingFunction.InMemory recording : recordings) {
            all.add("the last accesses to " + recording.function().name());
            all.addAll(TraceText.lines(recording.trace()));
        }
        return all;
    }

    private String expected() {
        return isRefusal()
                ? "a refusal"
                : String.format(
                        "%s, %s, %s ring, features %s, and work done",
                        expectedLayout,
                        cell.interrupts().mode(),
                        cell.ring().label(),
                        cell.features().label());
    }

    private void drive() {
        try (PciFunction near = recorded(functions.near())) {
            Optional<Transport> transport = choose("layout", near);
            if (transport.isEmpty()) {
                return;
            }
            if (cell.device() != CellDevice.NET) {
                CellWork.drive(cell.device(), transport.get(), this);
                return;
            }
            if (!functions.hasFar()) {
                LoneNetWork.drive(transport.get(), this);
                return;
            }
            try (Transport opened = transport.get();
                    PciFunction far = recorded(functions.far())) {
                Optional<Transport> other = choose("layout of the far end", far);
                if (other.isPresent()) {
                    NetWork.drive(opened, other.get(), this);
                }
            }
        }
    }

    private PciFunction recorded(PciFunction function) {
        try {
            RecordingFunction.InMemory recording =
                    RecordingFunction.inMemory(function, TraceText.REPORTED_EVENTS);
            recordings.add(recording);
            return recording.function();
        } catch (RuntimeException failure) {
            try (function) {
                throw failure;
            }
        }
    }

    /** Empty if no layout was chosen, rightly or not, or one that was not expected. */
    private Optional<Transport> choose(String what, PciFunction function) {
        LayoutChoice choice =
                Transports.confirm(function, LayoutChoice.of(function, cell.policy()));
        trace.addAll(ChoiceText.lines(choice));
        String chosen = choice.layout().map(VirtioLayout::label).orElse(LayoutOracle.REFUSED);
        findings.equal(what, expectedLayout, chosen);
        return chosen.equals(expectedLayout)
                ? choice.layout()
                        .map(layout -> Transports.open(function, cell.device().type(), layout))
                : Optional.empty();
    }

    /** What a driver asks for, cut down or raised to what the cell wants. */
    DriverNeeds needs(DriverNeeds usual) {
        DriverNeeds bare =
                usual.without(RingFeature.values()).withInterrupts(cell.interrupts().mode());
        DriverNeeds ring =
                cell.ring() == CellRing.PACKED ? bare.wanting(RingFeature.RING_PACKED) : bare;
        return ring.wanting(cell.features().wanted());
    }

    private FeatureSet wanted() {
        return needs(DriverNeeds.of(cell.device().type())).wanted();
    }

    /**
     * Holds a device that was started against the cell, and has the driver sleep whenever it waits,
     * so that an interrupt that does not come is found out.
     *
     * @return false if it is none of this cell
     */
    boolean isStarted(String end, RunningDevice device) {
        for (int queue = 0; queue < device.queueCount(); queue++) {
            device.setWaiting(queue, Waiting.interrupt());
        }
        trace.addAll(device.decisions());
        FeatureSet notOffered = wanted().minus(device.offered());
        if (!notOffered.isEmpty()) {
            lacking.add("this device does not offer " + notOffered.names(RingFeature.values()));
        }
        cell.interrupts()
                .lacking(
                        recordings.get(recordings.size() - 1).function().interrupts(),
                        device.queueCount())
                .ifPresent(lacking::add);
        findings.equal(
                "ring features" + end,
                wanted().names(RingFeature.values()),
                device.accepted().and(RingFeatures.DECIDED).names(RingFeature.values()));
        findings.equal("ring" + end, cell.ring(), CellRing.of(device));
        findings.equal("interrupts" + end, cell.interrupts().mode(), device.interrupts().mode());
        return lacking.isEmpty();
    }

    /** Looks at a device that worked, before it is closed. */
    void worked(String end, long lost) {
        long tolerated = cell.reach().isInThisProcess() ? 0 : LATE_FROM_ELSEWHERE;
        findings.that(
                "interrupts come" + end,
                lost <= tolerated,
                lost + " requests were used and no interrupt had come, tolerated " + tolerated);
    }

    /** True if what is sent can be seen to arrive. */
    boolean hasFarEnd() {
        return functions.hasFar();
    }

    Findings findings() {
        return findings;
    }
}
