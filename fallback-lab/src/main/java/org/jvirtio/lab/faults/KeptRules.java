package org.jvirtio.lab.faults;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jvirtio.lab.trace.RecordingFunction;
import org.jvirtio.lab.trace.RuleVerdict;
import org.jvirtio.lab.trace.TraceRules;
import org.jvirtio.pci.PciFunction;

/** Records what a driver does to a function, and tells which rules for drivers it did not keep. */
final class KeptRules {

    private static final int MOST_EVENTS = 1_000_000;

    private final List<String> ids;
    private RecordingFunction.InMemory recording;

    KeptRules(Injection injection) {
        this.ids = injection.keeps();
    }

    PciFunction over(PciFunction function) {
        if (ids.isEmpty()) {
            return function;
        }
        recording = RecordingFunction.inMemory(function, MOST_EVENTS);
        return recording.function();
    }

    /**
     * One sentence for each rule that was broken, or that found no occasion and so says nothing.
     */
    String harm() {
        if (recording == null) {
            return "";
        }
        Map<String, RuleVerdict> verdicts = TraceRules.verdicts(recording.trace());
        return ids.stream()
                .map(id -> harm(id, verdicts.get(id)))
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String harm(String id, RuleVerdict verdict) {
        if (verdict instanceof RuleVerdict.Violated violated) {
            return "rule " + id + " was broken: " + violated.why();
        }
        if (verdict instanceof RuleVerdict.DoesNotApply none) {
            return "rule " + id + " found no occasion: " + none.why();
        }
        if (verdict == null) {
            throw new IllegalStateException("faults.txt: there is no trace rule " + id);
        }
        return "";
    }
}
