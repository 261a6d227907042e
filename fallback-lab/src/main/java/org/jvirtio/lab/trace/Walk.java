package org.jvirtio.lab.trace;

import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.jvirtio.Register;
import org.jvirtio.lab.trace.RuleVerdict.DoesNotApply;
import org.jvirtio.lab.trace.RuleVerdict.Holds;
import org.jvirtio.lab.trace.RuleVerdict.Violated;
import org.jvirtio.trace.Mark;
import org.jvirtio.trace.TraceEvent;

/**
 * The way most rules are checked: go through a trace, stop at each occasion, look at what the
 * driver had done before.
 *
 * @param occasion where the rule could be broken
 * @param kept whether it is kept there; the state is that before the access
 * @param otherwise what is wrong if not
 * @param never what to say if there is no occasion
 */
record Walk(
        BiPredicate<NamedAccess, DriverState> occasion,
        BiPredicate<NamedAccess, DriverState> kept,
        BiFunction<NamedAccess, DriverState, String> otherwise,
        String never)
        implements TraceRule.Check {

    /** Begins a check: where could the rule be broken. */
    static Begun at(BiPredicate<NamedAccess, DriverState> occasion) {
        return new Begun(occasion);
    }

    static BiPredicate<NamedAccess, DriverState> writes(Set<Register> registers) {
        return (access, state) -> isWriteTo(access, registers);
    }

    static BiPredicate<NamedAccess, DriverState> reads(Set<Register> registers) {
        return (access, state) ->
                access.isRead()
                        && access.register().isPresent()
                        && registers.contains(access.register().get());
    }

    static boolean isWriteTo(NamedAccess access, Set<Register> registers) {
        return access.isWrite()
                && access.register().isPresent()
                && registers.contains(access.register().get());
    }

    static boolean isWriteTo(NamedAccess access, Register... registers) {
        return access.isWrite() && access.is(registers);
    }

    /** A check that lacks what has to hold. */
    record Begun(BiPredicate<NamedAccess, DriverState> occasion) {

        Begun and(BiPredicate<NamedAccess, DriverState> more) {
            return new Begun(occasion.and(more));
        }

        /**
         * Completes the check.
         *
         * @param otherwise what is wrong if not, as the end of a sentence
         * @param never why there may be no occasion
         */
        Walk holds(BiPredicate<NamedAccess, DriverState> kept, String otherwise, String never) {
            return new Walk(occasion, kept, (access, state) -> otherwise, never);
        }

        Walk holds(
                BiPredicate<NamedAccess, DriverState> kept,
                BiFunction<NamedAccess, DriverState, String> otherwise,
                String never) {
            return new Walk(occasion, kept, otherwise, never);
        }
    }

    @Override
    public RuleVerdict of(NamedTrace trace) {
        DriverState state = new DriverState();
        int occasions = 0;
        int next = 0;
        for (TraceEvent event : trace.trace().events()) {
            if (event instanceof Mark mark) {
                state.see(mark);
                continue;
            }
            NamedAccess access = trace.accesses().get(next++);
            if (occasion.test(access, state)) {
                occasions++;
                if (!kept.test(access, state)) {
                    return new Violated(
                            access.index(), access + ": " + otherwise.apply(access, state));
                }
            }
            state.see(access);
        }
        return occasions == 0 ? new DoesNotApply(never) : new Holds(occasions);
    }
}
