package org.jvirtio.lab.faults;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;

/** One way to inject one fault, tried on the models of this process. */
final class FaultCase implements LabCase {

    /** Far more than the longest wait of the stack. */
    private static final long LIMIT_SECONDS = 30;

    private final FaultRow row;
    private final Injection injection;

    FaultCase(FaultRow row, Injection injection) {
        this.row = row;
        this.injection = injection;
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
        FutureTask<Ending> task = new FutureTask<>(() -> new EmbeddedTrial(injection).ending());
        Thread thread = new Thread(task, id());
        thread.setDaemon(true);
        thread.start();
        try {
            return result(task.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException stuck) {
            return result(new Ending(Outcome.WEDGED, "no end after " + LIMIT_SECONDS + " seconds"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return result(new Ending(Outcome.WEDGED, "interrupted"));
        } catch (ExecutionException defect) {
            return result(new Ending(Outcome.FAIL, "no typed error: " + defect.getCause()));
        }
    }

    /** How it ended and what was seen. */
    record Ending(Outcome outcome, String seen) {}

    private CaseResult result(Ending ending) {
        String saying = injection.saying();
        String expected =
                injection.expected().label() + (saying.isEmpty() ? "" : " saying '" + saying + "'");
        return new CaseResult(
                id(), ending.outcome(), expected, ending.seen(), reproduce(), List.of());
    }
}
