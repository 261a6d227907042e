package org.jvirtio.cli.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;
import org.jvirtio.lab.report.CaseRun;
import org.jvirtio.lab.report.CaseRunner;
import org.jvirtio.lab.report.ReportedCase;

/**
 * Runs cases one after the other over one QEMU without a guest. A case that wedged, or whose QEMU
 * ended, costs itself: the next one finds a fresh QEMU, with a socket and a memory that nothing of
 * the old one can touch.
 */
final class QtestCases implements CaseRunner {

    /** The socket closes a moment before the process is gone. */
    private static final Duration MOMENT = Duration.ofMillis(500);

    private final ReachCases cases;
    private final LabReach.Order order;
    private final CaseRun attempt;
    private final Map<String, String> about = new LinkedHashMap<>();
    private Path directory;
    private List<String> arguments;
    private QtestStart qemu;
    private int starts;

    QtestCases(ReachCases cases, LabReach.Order order) {
        this.cases = cases;
        this.order = order;
        attempt = new CaseRun(1, cases.limit(), 0);
    }

    /** What the name of a function has before its address, of the QEMU that runs now. */
    String prefix() {
        return "qtest:" + qemu.socket() + "@";
    }

    Map<String, String> about() {
        return about;
    }

    @Override
    public List<ReportedCase> run(List<LabCase> chosen, Consumer<ReportedCase> each) {
        try (ScratchDirectory scratch = ScratchDirectory.make()) {
            directory = scratch.path();
            arguments = new ArrayList<>(cases.qemuArguments(directory));
            arguments.addAll(order.machine().qemuArguments());
            List<ReportedCase> reported = new ArrayList<>();
            for (LabCase some : chosen) {
                reported.add(one(some));
                each.accept(reported.get(reported.size() - 1));
            }
            return reported;
        } finally {
            stop();
            about.put("QEMU starts", "" + starts);
        }
    }

    private ReportedCase one(LabCase some) {
        long begin = System.nanoTime();
        List<CaseResult> attempts = new ArrayList<>();
        do {
            attempts.add(attempt(some));
        } while (attempts.get(attempts.size() - 1).outcome().isBad()
                && attempts.size() <= order.lab().retries());
        return ReportedCase.of(some, attempts, Duration.ofNanos(System.nanoTime() - begin));
    }

    private CaseResult attempt(LabCase some) {
        start();
        CaseResult result = attempt.one(some).result();
        Optional<String> ending =
                result.outcome().isBad() ? qemu.endingWithin(MOMENT) : Optional.empty();
        if (ending.isPresent() || result.outcome() == Outcome.WEDGED) {
            order.console().progress(some.id() + " costs its QEMU; the next case gets a fresh one");
            stop();
        }
        return ending.map(why -> wedged(result, why)).orElse(result);
    }

    private static CaseResult wedged(CaseResult result, String ending) {
        return new CaseResult(
                result.id(),
                Outcome.WEDGED,
                result.expected(),
                ending + "; seen before: " + result.seen(),
                result.reproduce(),
                result.trace());
    }

    private void start() {
        if (qemu == null) {
            starts++;
            qemu = QtestStart.in(directory.resolve("qemu-" + starts), arguments);
        }
    }

    private void stop() {
        if (qemu != null) {
            qemu.close();
            qemu = null;
        }
    }
}
