package org.jvirtio.lab.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;

/**
 * Runs cases in this process, several at a time.
 *
 * @param jobs cases at a time
 * @param limit for one attempt at a case; then it is WEDGED, and left alone
 * @param retries attempts more for a case that ended badly
 */
public record CaseRun(int jobs, Duration limit, int retries) implements CaseRunner {

    public CaseRun {
        if (jobs < 1 || retries < 0 || limit.toMillis() < 1) {
            throw new IllegalArgumentException(
                    String.format(
                            "running cases with %d jobs, %d retries and a limit of %s: at least one"
                                    + " job and a millisecond are needed, and no fewer retries than"
                                    + " 0.",
                            jobs, retries, limit));
        }
    }

    @Override
    public List<ReportedCase> run(List<LabCase> cases, Consumer<ReportedCase> each) {
        ExecutorService workers = Executors.newFixedThreadPool(jobs, CaseRun::worker);
        try {
            List<Future<ReportedCase>> results = new ArrayList<>();
            for (LabCase some : cases) {
                results.add(workers.submit(() -> told(one(some), each)));
            }
            List<ReportedCase> reported = new ArrayList<>();
            for (Future<ReportedCase> result : results) {
                reported.add(result.get());
            }
            return reported;
        } catch (ExecutionException e) {
            throw new IllegalStateException("running cases", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("running cases: interrupted", e);
        } finally {
            workers.shutdownNow();
        }
    }

    /** Runs one case, again if it ends badly and may be. */
    public ReportedCase one(LabCase some) {
        long begin = System.nanoTime();
        List<CaseResult> attempts = new ArrayList<>();
        do {
            attempts.add(new BoundedAttempt(some, limit).result());
        } while (attempts.get(attempts.size() - 1).outcome().isBad() && attempts.size() <= retries);
        return ReportedCase.of(some, attempts, Duration.ofNanos(System.nanoTime() - begin));
    }

    private static ReportedCase told(ReportedCase reported, Consumer<ReportedCase> each) {
        synchronized (each) {
            each.accept(reported);
        }
        return reported;
    }

    private static Thread worker(Runnable work) {
        Thread thread = new Thread(work, "case worker");
        thread.setDaemon(true);
        return thread;
    }
}
