package org.jvirtio.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jvirtio.FeatureSet;
import org.jvirtio.LayoutException;
import org.jvirtio.RunningDevice;
import org.jvirtio.Transport;
import org.jvirtio.VirtioException;
import org.jvirtio.pci.Candidate;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.transport.Transports;

/**
 * Carries out one order: chooses a layout, starts the device, proves that it works, and closes it.
 * The same code runs in a guest over VFIO and in this process over the models.
 */
final class Drive {

    private final DriveOrder order;
    private final DriveRecorder recorder;
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private String layout = "";
    private final List<String> choice = new ArrayList<>();
    private List<String> offered = List.of();
    private List<String> accepted = List.of();
    private String ring = "";
    private String interrupts = "";
    private List<String> interruptSteps = List.of();
    private List<String> decisions = List.of();
    private String failure = "";

    private Drive(DriveOrder order, boolean records) {
        this.order = order;
        this.recorder = new DriveRecorder(records);
    }

    static DeviceReport report(DriveOrder order) {
        return report(order, false);
    }

    /** The same, with what a page needs for its pictures. */
    static DeviceReport recorded(DriveOrder order) {
        return report(order, true);
    }

    private static DeviceReport report(DriveOrder order, boolean records) {
        Drive drive = new Drive(order, records);
        drive.run();
        return drive.report();
    }

    private void run() {
        try (PciFunction function = recorder.over(Functions.openToDrive(order.function()))) {
            try {
                drive(function);
            } finally {
                choice.addAll(0, function.decisions());
            }
        } catch (VirtioException e) {
            failure = e.getMessage();
        }
    }

    private void drive(PciFunction function) {
        LayoutChoice made = Transports.confirm(function, LayoutChoice.of(function, order.policy()));
        choice.addAll(summary(made));
        Optional<VirtioLayout> chosen = made.layout();
        layout = chosen.map(VirtioLayout::label).orElse(DriveOrder.REFUSED);
        checks.add(
                Check.equal("the layout is the one expected", order.expected().layout(), layout));
        if (chosen.isPresent()) {
            start(function, chosen.get());
        } else {
            checks.add(refusal(made));
        }
    }

    /** One line per layout; {@code explain} has every rule behind it. */
    static List<String> summary(LayoutChoice made) {
        List<String> lines = new ArrayList<>();
        for (Candidate candidate : made.candidates()) {
            lines.add(
                    String.format(
                            "%s: %s: %s",
                            candidate.kind().label(),
                            candidate.verdict().label(),
                            candidate.reason()));
        }
        return lines;
    }

    private static Check refusal(LayoutChoice made) {
        try {
            made.require();
            return Check.that("the refusal says what to change", false, "no refusal");
        } catch (LayoutException e) {
            String option = "disable-";
            return Check.that(
                    "the refusal says what to change",
                    e.getMessage().contains(option),
                    e.getMessage());
        }
    }

    private void start(PciFunction function, VirtioLayout chosen) {
        switch (order.type()) {
            case ENTROPY -> EntropyProof.run(open(function, chosen), this);
            case BLOCK -> BlockProof.run(open(function, chosen), order, this);
            case NETWORK -> startBothEnds(function, chosen);
            case CONSOLE -> ConsoleProof.run(open(function, chosen), order, this);
            default -> throw new IllegalArgumentException("no proof for a " + order.device());
        }
    }

    private Transport open(PciFunction function, VirtioLayout chosen) {
        return Transports.open(function, order.type(), chosen);
    }

    /** The far end is chosen as the near one was. */
    private void startBothEnds(PciFunction near, VirtioLayout nearLayout) {
        try (PciFunction far = Functions.openToDrive(order.farEnd())) {
            VirtioLayout farLayout =
                    Transports.confirm(far, LayoutChoice.of(far, order.policy())).require();
            checks.add(
                    Check.equal(
                            "the far end has that layout too",
                            order.expected().layout(),
                            farLayout.label()));
            NetProof.run(open(near, nearLayout), open(far, farLayout), order, this);
        }
    }

    /** Notes how the handshake went. */
    void started(RunningDevice device) {
        recorder.started();
        offered = names(device, device.offered());
        accepted = names(device, device.accepted());
        ring = RingFormat.of(device).label();
        checks.add(
                Check.equal(
                        "the ring format is the one expected",
                        order.expected().ring().label(),
                        ring));
        interrupts = device.interrupts().mode().name();
        interruptSteps = device.interrupts().steps();
        checks.add(
                Check.equal(
                        "the interrupt mode is the one expected",
                        order.expected().interrupts(),
                        device.interrupts().mode()));
        decisions = furtherDecisions(device);
    }

    static List<String> names(RunningDevice device, FeatureSet features) {
        return device.features().stream()
                .filter(feature -> features.has(feature.bit()))
                .map(feature -> feature.name())
                .toList();
    }

    /** Those that a report does not show elsewhere. */
    static List<String> furtherDecisions(RunningDevice device) {
        return device.decisions().stream()
                .filter(decision -> !device.interrupts().steps().contains(decision))
                .filter(decision -> !decision.startsWith("accepted "))
                .toList();
    }

    void check(Check check) {
        checks.add(check);
    }

    DriveRecorder recorder() {
        return recorder;
    }

    void fact(String name, String value) {
        facts.put(name, value);
    }

    private DeviceReport report() {
        return new DeviceReport(
                order.label(),
                order.device(),
                order.policy().toString(),
                layout,
                ring,
                choice,
                offered,
                accepted,
                interrupts,
                interruptSteps,
                decisions,
                checks,
                facts,
                failure,
                recorder.recorded());
    }
}
