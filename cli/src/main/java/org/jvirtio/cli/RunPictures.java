package org.jvirtio.cli;

import java.util.List;
import java.util.Optional;
import org.jvirtio.cli.explain.Explanation;
import org.jvirtio.cli.explain.ExplanationSections;
import org.jvirtio.lab.picture.QueuePicture;
import org.jvirtio.lab.trace.HandshakeSteps;
import org.jvirtio.lab.trace.RecordedFunction;
import org.jvirtio.page.Markup;
import org.jvirtio.page.TimeLine;
import org.jvirtio.page.TimeStep;
import org.jvirtio.pci.Policy;
import org.jvirtio.queue.QueueSnapshot;
import org.jvirtio.trace.Trace;

/**
 * The pictures of one row of a run, each drawn from what was recorded in it: the handshake, the
 * queues, the function and the choice.
 */
final class RunPictures {

    private final Markup page;
    private final DeviceReport row;

    RunPictures(Markup page, DeviceReport row) {
        this.page = page;
        this.row = row;
    }

    void write() {
        row.recorded().asTrace().ifPresent(this::handshake);
        row.recorded().queues().forEach(this::queue);
        row.recorded().asTrace().ifPresent(this::function);
    }

    private void handshake(Trace trace) {
        List<TimeStep> steps = HandshakeSteps.of(trace);
        if (steps.size() < 2) {
            return; // Refused: there was a choice, and no handshake.
        }
        page.open("details").element("summary", "the handshake, register by register");
        new TimeLine("handshake of " + row.function(), steps).write(page);
        page.close();
    }

    private void queue(QueueSnapshot queue) {
        page.open("details")
                .element("summary", queue.name() + ", " + queue.busy() + " descriptors busy");
        QueuePicture.of(queue).write(page);
        page.close();
    }

    private void function(Trace trace) {
        page.open("details").element("summary", "the function, and why this layout");
        Explanation explanation =
                Explanation.of(
                        new RecordedFunction(trace.header()),
                        Optional.empty(),
                        Policy.parse(row.policy()),
                        List.of());
        ExplanationSections sections = new ExplanationSections(page, explanation);
        sections.bytes();
        sections.bars();
        sections.choice();
        page.close();
    }
}
