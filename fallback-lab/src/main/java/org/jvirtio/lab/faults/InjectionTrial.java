package org.jvirtio.lab.faults;

import org.jvirtio.DeviceType;
import org.jvirtio.lab.Outcome;
import org.jvirtio.pci.Policy;

/**
 * Tries one injection: first the device without the fault, which has to work, then with it, and
 * compares with what is expected.
 */
final class InjectionTrial {

    /** How it ended and what was seen. */
    record Ending(Outcome outcome, String seen) {}

    /** What came of it, and what must never be; the second is empty if all is well. */
    private record Attempt(Trial.Result result, String harm) {}

    private final Injection injection;
    private final Bench bench;
    private final DeviceType type;

    InjectionTrial(Injection injection, Bench bench) {
        this.injection = injection;
        this.bench = bench;
        this.type = bench.type();
    }

    Ending run() {
        Attempt clean = attempt(injection.clean(), Trial.Baseline.NONE);
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
        return new Ending(refused ? Outcome.REJECT : Outcome.PASS, told);
    }

    private static Ending failed(String seen) {
        return new Ending(Outcome.FAIL, seen);
    }

    private Attempt attempt(Injection what, Trial.Baseline baseline) {
        GuardedFunction guarded = new GuardedFunction(bench.open(what), what.surroundings());
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
