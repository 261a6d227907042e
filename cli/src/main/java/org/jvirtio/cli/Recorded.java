package org.jvirtio.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jvirtio.queue.QueueSnapshot;
import org.jvirtio.trace.Trace;
import org.jvirtio.trace.TraceReader;
import org.jvirtio.trace.TraceWriter;

/**
 * What was recorded while a function was driven, for the pictures of a page.
 *
 * @param trace the text of the register trace from the choice of a layout until the device ran;
 *     empty if nothing was recorded
 * @param queues at moments when something was in them
 */
public record Recorded(String trace, List<QueueSnapshot> queues) {

    static final Recorded NOTHING = new Recorded("", List.of());

    static Recorded of(Trace trace, List<QueueSnapshot> queues) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TraceWriter.write(trace, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return new Recorded(bytes.toString(StandardCharsets.UTF_8), queues);
    }

    /** Empty if nothing was recorded. */
    Optional<Trace> asTrace() {
        return trace.isEmpty()
                ? Optional.empty()
                : Optional.of(TraceReader.parse("what a run recorded", trace));
    }
}
