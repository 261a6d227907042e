package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.Register;
import org.jvirtio.trace.Access;
import org.jvirtio.trace.Mark;
import org.jvirtio.trace.TraceEvent;

/**
 * What a recorded device expects next. An access must be the next one recorded, but
 *
 * <pre>
 *   a read may be repeated, or repeated less often: how often one polls is a matter of time
 *   the rest of a phase may be left out: the next access is then sought at the next mark
 *   addresses of queues may be others: memory is wherever it is
 * </pre>
 */
final class ReplayScript {

    private final List<NamedAccess> accesses;

    /** For each phase of the trace, the number of its first access. */
    private final List<Integer> phases = new ArrayList<>();

    private final String name;
    private int next;
    private Access last;

    ReplayScript(NamedTrace trace) {
        accesses = trace.accesses();
        name = trace.trace().header().function();
        int count = 0;
        for (TraceEvent event : trace.trace().events()) {
            if (event instanceof Mark mark && FunctionMark.PHASE.is(mark)) {
                phases.add(count);
            } else if (event instanceof Access) {
                count++;
            }
        }
    }

    /** The driver reads: the recorded value. */
    synchronized int read(Access asked) {
        if (last != null && last.isLike(asked) && !isNext(asked)) {
            return last.value();
        }
        last = find(asked).orElseThrow(() -> deviation(asked)).raw();
        return last.value();
    }

    /** The driver writes: it must be what was recorded. */
    synchronized void write(Access asked) {
        NamedAccess found = find(asked).orElseThrow(() -> deviation(asked));
        if (found.value() != asked.value() && !isAddress(found)) {
            throw deviation(found, asked);
        }
        last = found.raw();
    }

    synchronized void requireFinished() {
        if (next < accesses.size()) {
            NamedAccess left = accesses.get(next);
            throw new DeviceBrokenException(
                    "replaying "
                            + name
                            + " to a driver: "
                            + new Deviation(left.index(), TraceText.line(left), "nothing follows")
                            + ". Compare the traces of both drivers.");
        }
    }

    private boolean isNext(Access asked) {
        return next < accesses.size() && accesses.get(next).raw().isLike(asked);
    }

    /** Moves on to the access that was asked for. */
    private Optional<NamedAccess> find(Access asked) {
        int from = next;
        while (from < accesses.size() && repeatsLast(accesses.get(from), asked)) {
            from++;
        }
        for (int start : starts(from)) {
            if (start < accesses.size() && accesses.get(start).raw().isLike(asked)) {
                next = start + 1;
                return Optional.of(accesses.get(start));
            }
        }
        return Optional.empty();
    }

    /** True for a recorded poll that this driver did not need. */
    private boolean repeatsLast(NamedAccess recorded, Access asked) {
        return last != null
                && last.isRead()
                && recorded.raw().isLike(last)
                && !recorded.raw().isLike(asked);
    }

    private List<Integer> starts(int here) {
        List<Integer> starts = new ArrayList<>();
        starts.add(here);
        phases.stream().filter(start -> start > here).forEach(starts::add);
        return starts;
    }

    private static boolean isAddress(NamedAccess access) {
        Optional<Register> register = access.register();
        return register.isPresent() && Registered.QUEUE_PLACE.contains(register.get());
    }

    private DeviceBrokenException deviation(Access asked) {
        if (next >= accesses.size()) {
            return new DeviceBrokenException(
                    String.format(
                            "replaying %s to a driver: it does %s after the last of %d recorded"
                                    + " accesses. Record a longer run.",
                            name, asked, accesses.size()));
        }
        return deviation(accesses.get(next), asked);
    }

    private DeviceBrokenException deviation(NamedAccess recorded, Access asked) {
        return new DeviceBrokenException(
                "replaying "
                        + name
                        + " to a driver: "
                        + new Deviation(
                                recorded.index(),
                                TraceText.line(recorded),
                                "the driver does " + asked)
                        + ". Take the policy that was recorded, or compare the traces of both.");
    }
}
