package org.jvirtio.lab.faults;

import java.util.List;
import org.jvirtio.DeviceType;
import org.jvirtio.VirtioException;
import org.jvirtio.lab.Outcome;
import org.jvirtio.lab.trace.RecordingFunction;
import org.jvirtio.lab.trace.TraceText;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.trace.LatestEvents;

/**
 * Tries one injection: first the device without the fault, which has to work, then with it, and
 * compares with what is expected.
 */
final class InjectionTrial {

    /** How it ended, what was seen, and the register accesses that led there if that is bad. */
    record Ending(Outcome outcome, String seen, List<String> trace) {}

    /** What came of it, and what must never be; the second is empty if all is well. */
    private record Attempt(Trial.Result result, String harm) {}

    /** What was opened last, and what was done to it. */
    private record Attempted(Injection what, LatestEvents log) {}

    private final Injection injection;
    private final Bench bench;
    private final DeviceType type;
    private Attempted latest;

    InjectionTrial(Injection injection, Bench bench) {
        this.injection = injection;
        this.bench = bench;
        this.type = bench.type();
    }

    Ending run() {
        try {
            return tried();
        } catch (NoOccasionException none) {
            return new Ending(Outcome.SKIP, none.getMessage(), List.of());
        }
    }

    private Ending tried() {
        Attempt clean = attempt(injection.clean(bench.usualPolicy()), Trial.Baseline.NONE);
        if (clean.result().seen().reaction() != Reaction.GO_ON || !clean.harm().isEmpty()) {
            return failed("it does not work without the fault: " + clean);
        }
        Attempt attempt = attempt(injection, clean.result().baseline());
        if (!attempt.harm().isEmpty()) {
            return failed(attempt.harm() + "; " + attempt.result().seen());
        }
        return judge(attempt.result().seen());
    }

    private Ending judge(Seen seen) {
        String told = seen.reaction().label() + ": " + seen.words();
        boolean same =
                seen.reaction() == injection.expected()
                        && seen.words().contains(injection.saying());
        if (!same) {
            return failed(told);
        }
        boolean refused = seen.reaction() == Reaction.REFUSE;
        return new Ending(refused ? Outcome.REJECT : Outcome.PASS, told, List.of());
    }

    private Ending failed(String seen) {
        return new Ending(Outcome.FAIL, seen, trace());
    }

    /**
     * What names the registers is read from a device that is opened for it: reading it before the
     * driver did would set off what a fault does at the first access.
     */
    private List<String> trace() {
        try (PciFunction again = bench.open(latest.what())) {
            return TraceText.lines(latest.log().trace(RecordingFunction.header(again)));
        } catch (VirtioException gone) {
            return List.of("its registers cannot be named: " + gone.getMessage());
        }
    }

    private Attempt attempt(Injection what, Trial.Baseline baseline) {
        latest = new Attempted(what, new LatestEvents(TraceText.REPORTED_EVENTS));
        PciFunction recorded = new RecordingFunction(bench.open(what), latest.log());
        GuardedFunction guarded = new GuardedFunction(recorded, what.surroundings());
        Trial.Result result =
                Trial.run(guarded, Policy.parse(what.policy()), type, what.work(), baseline);
        return new Attempt(result, harm(guarded, what));
    }

    private String harm(GuardedFunction guarded, Injection what) {
        if (!guarded.overrun().isEmpty()) {
            return "memory beside what was given was written: " + guarded.overrun();
        }
        return guarded.isClosed() ? bench.harm(what) : "the function was not closed";
    }
}
