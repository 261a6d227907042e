package org.jvirtio.lab.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.DeviceType;
import org.jvirtio.VirtioException;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.transport.Transports;

/**
 * Runs the whole stack on one function, from the choice of a layout to the last request, and tells
 * what it did. It knows nothing of what was done to the function.
 */
public final class Trial {

    private final GuardedFunction function;
    private final Policy policy;
    private final Exercise exercise;
    private final List<String> remarks = new ArrayList<>();
    private final Set<String> usual;
    private String layout = "";
    private boolean skipped;

    private Trial(GuardedFunction function, Policy policy, Exercise exercise, Set<String> usual) {
        this.function = function;
        this.policy = policy;
        this.exercise = exercise;
        this.usual = usual;
    }

    /** What a function is like without a fault, so that one can tell what the fault changed. */
    record Baseline(String layout, Set<String> remarks) {

        static final Baseline NONE = new Baseline("", Set.of());
    }

    /** What was seen, and what it was seen on. */
    record Result(Seen seen, Baseline baseline) {}

    /**
     * Runs the stack on a function, and closes it.
     *
     * @param work what is asked of the device
     * @param baseline of the same function without a fault
     */
    static Result run(
            GuardedFunction function,
            Policy policy,
            DeviceType type,
            Work work,
            Baseline baseline) {
        Trial trial = new Trial(function, policy, Exercise.of(type, work), baseline.remarks());
        try (function) {
            trial.drive(type);
            Seen seen = trial.judge(baseline);
            return new Result(seen, new Baseline(trial.layout, Set.copyOf(trial.remarks)));
        } catch (VirtioException ended) {
            return new Result(trial.judge(ended), Baseline.NONE);
        }
    }

    private void drive(DeviceType type) {
        LayoutChoice choice = Transports.confirm(function, LayoutChoice.of(function, policy));
        ChoiceRemarks said = new ChoiceRemarks(choice);
        remarks.addAll(said.sentences());
        skipped = said.sentences(usual).stream().anyMatch(ChoiceRemarks::isSkip);
        VirtioLayout chosen = choice.require();
        layout = chosen.label();
        exercise.run(Transports.open(function, type, chosen));
        remarks.addAll(exercise.facts().sentences());
    }

    private Seen judge(Baseline baseline) {
        String words = String.join("; ", remarks.stream().filter(r -> !usual.contains(r)).toList());
        Facts facts = exercise.facts();
        if (!baseline.layout().isEmpty() && !layout.equals(baseline.layout())) {
            return new Seen(Reaction.FALLBACK, layout + " is used: " + words);
        }
        if (facts.dropped() > 0) {
            return new Seen(Reaction.DROP, words);
        }
        if (facts.clamped() > 0) {
            return new Seen(Reaction.CLAMP, words);
        }
        return new Seen(skipped ? Reaction.SKIP_CAP : Reaction.GO_ON, layout + ": " + words);
    }

    private Seen judge(VirtioException ended) {
        String words = ended.getMessage();
        for (Throwable second : ended.getSuppressed()) {
            words += "; then: " + second.getMessage();
        }
        if (function.isQuarantined()) {
            words += "; its memory stays quarantined";
        }
        if (ended instanceof DeviceTimeoutException) {
            return new Seen(Reaction.TIMEOUT, words);
        }
        return new Seen(exercise.hasStarted() ? Reaction.BREAK : Reaction.REFUSE, words);
    }
}
