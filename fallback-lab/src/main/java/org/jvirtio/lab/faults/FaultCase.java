package org.jvirtio.lab.faults;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;

/** One way to inject one fault, bounded in time. */
final class FaultCase implements LabCase {

    /** Far more than the longest wait of the stack. */
    private static final long LIMIT_SECONDS = 30;

    private final FaultRow row;
    private final Injection injection;
    private final Supplier<Bench> bench;
    private final String command;

    /**
     * Prepares a case; nothing is opened.
     *
     * @param command what people type before the id to try it again
     */
    FaultCase(FaultRow row, Injection injection, Supplier<Bench> bench, String command) {
        this.row = row;
        this.injection = injection;
        this.bench = bench;
        this.command = command;
    }

    @Override
    public String reproduce() {
        return command + " " + id();
    }

    @Override
    public String id() {
        return Faults.PREFIX + row.id() + "/" + injection.name();
    }

    @Override
    public String title() {
        return row.sentence();
    }

    @Override
    public String clause() {
        return row.source();
    }

    @Override
    public CaseResult run() {
        FutureTask<InjectionTrial.Ending> task =
                new FutureTask<>(() -> new InjectionTrial(injection, bench.get()).run());
        Thread thread = new Thread(task, id());
        thread.setDaemon(true);
        thread.start();
        try {
            return result(task.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException stuck) {
            return result(Outcome.WEDGED, "no end after " + LIMIT_SECONDS + " seconds", thread);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return result(Outcome.WEDGED, "interrupted", thread);
        } catch (ExecutionException defect) {
            return result(Outcome.FAIL, "no typed error: " + defect.getCause(), thread);
        }
    }

    /** Nobody may look at what the thread still uses; where it is says most. */
    private CaseResult result(Outcome outcome, String seen, Thread thread) {
        List<String> stack = Stream.of(thread.getStackTrace()).map(frame -> "at " + frame).toList();
        return result(new InjectionTrial.Ending(outcome, seen, stack));
    }

    private CaseResult result(InjectionTrial.Ending ending) {
        String expected = injection.expectation() + (row.why().isEmpty() ? "" : "; " + row.why());
        return new CaseResult(
                id(), ending.outcome(), expected, ending.seen(), reproduce(), ending.trace());
    }
}
