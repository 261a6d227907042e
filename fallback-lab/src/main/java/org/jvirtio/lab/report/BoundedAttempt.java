package org.jvirtio.lab.report;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;

/**
 * One attempt at a case, on a thread of its own, because a device that no longer answers may hold
 * that thread for ever.
 */
final class BoundedAttempt {

    private final LabCase some;
    private final Duration limit;
    private volatile CaseResult result;

    BoundedAttempt(LabCase some, Duration limit) {
        this.some = some;
        this.limit = limit;
    }

    /** What came of it; after the limit WEDGED, with what the thread was doing. */
    CaseResult result() {
        Thread thread = new Thread(this::attempt, "case " + some.id());
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(limit.toMillis());
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("waiting for case " + some.id(), e);
        }
        CaseResult there = result;
        return there != null ? there : wedged(thread);
    }

    private void attempt() {
        try {
            CaseResult given = some.run();
            if (!given.id().equals(some.id())) {
                throw new IllegalStateException("it gave the result of " + given.id());
            }
            result = given;
        } catch (Throwable defect) { // An error in one case must not end the others.
            StringWriter stack = new StringWriter();
            defect.printStackTrace(new PrintWriter(stack, true));
            result =
                    ended(
                            Outcome.FAIL,
                            "the case itself threw " + defect + ", which is a defect of the case",
                            stack.toString().lines().toList());
        }
    }

    private CaseResult wedged(Thread thread) {
        List<String> stack = new ArrayList<>();
        for (StackTraceElement frame : thread.getStackTrace()) {
            stack.add("at " + frame);
        }
        thread.interrupt();
        return ended(
                Outcome.WEDGED,
                String.format(
                        "no result after %.1f s; thread '%s' was %s",
                        limit.toMillis() / 1e3,
                        thread.getName(),
                        stack.isEmpty() ? "ending" : stack.get(0)),
                stack);
    }

    private CaseResult ended(Outcome outcome, String seen, List<String> trace) {
        return new CaseResult(
                some.id(),
                outcome,
                "a result within " + limit.toMillis() + " ms",
                seen,
                some.reproduce(),
                trace);
    }
}
