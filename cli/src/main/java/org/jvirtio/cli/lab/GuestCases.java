package org.jvirtio.cli.lab;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestVfio;
import org.jvirtio.cli.LineStream;
import org.jvirtio.guest.GuestJob;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.QemuGuest;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;
import org.jvirtio.lab.report.CaseRunner;
import org.jvirtio.lab.report.ReportedCase;
import org.jvirtio.lab.report.ResultLine;
import org.jvirtio.page.Visible;

/**
 * Runs many cases in one boot of a guest; boots it afresh after a case that wedged, panicked its
 * kernel or made it fall silent, and goes on with the rest.
 *
 * <pre>
 *   host   GuestCaseOrder --kernel command line--&gt;  guest  GuestCaseProgram
 *          ResultLine     &lt;----report channel------
 * </pre>
 */
public final class GuestCases implements CaseRunner {

    /** In a row, of guests that end before their first case: an emulated clock may panic one. */
    private static final int MOST_FALSE_STARTS = 2;

    private final Console console;
    private final QemuGuest guest;
    private final GuestCaseList list;
    private final List<String> listArguments;
    private final Duration limit;
    private final int retries;
    private final Map<String, String> about = new LinkedHashMap<>();
    private final Map<String, Answers> answers = new LinkedHashMap<>();
    private final Set<String> died = new HashSet<>();
    private int boots;

    /**
     * Prepares; nothing boots yet.
     *
     * @param guest made to order for these cases; its silence has to be longer than {@code limit}
     * @param list what makes the cases, on both sides
     * @param limit for one case
     * @param retries attempts more for a bad case, each in a boot of its own
     */
    public GuestCases(
            Console console,
            QemuGuest guest,
            GuestCaseList list,
            List<String> listArguments,
            Duration limit,
            int retries) {
        this.console = console;
        this.guest = guest;
        this.list = list;
        this.listArguments = List.copyOf(listArguments);
        this.limit = limit;
        this.retries = retries;
        about.put("accelerator", guest.machine().accelerator().reason());
    }

    /** What a report says besides; complete after the run. */
    public Map<String, String> about() {
        return about;
    }

    @Override
    public List<ReportedCase> run(List<LabCase> cases, Consumer<ReportedCase> each) {
        answers.clear();
        died.clear();
        cases.forEach(some -> answers.put(some.id(), new Answers(some)));
        List<LabCase> due = cases;
        for (int attempt = 0; attempt <= retries && !due.isEmpty(); attempt++) {
            boolean last = attempt == retries;
            bootUntilAnswered(
                    due,
                    line -> {
                        ReportedCase now = answers.get(line.result().id()).add(line);
                        if (last || !now.outcome().isBad()) {
                            each.accept(now);
                        }
                    });
            due = due.stream().filter(some -> answers.get(some.id()).isBad()).toList();
        }
        about.put("boots", "" + boots);
        return answers.values().stream().map(Answers::reported).toList();
    }

    /** All that was answered to one case. */
    private static final class Answers {

        private final LabCase asked;
        private final List<CaseResult> results = new ArrayList<>();
        private long millis;

        Answers(LabCase asked) {
            this.asked = asked;
        }

        ReportedCase add(ResultLine line) {
            results.add(line.result().reproducedBy(asked.reproduce()));
            millis += line.millis();
            return reported();
        }

        boolean isBad() {
            return reported().outcome().isBad();
        }

        ReportedCase reported() {
            return ReportedCase.of(asked, results, Duration.ofMillis(millis));
        }
    }

    private void bootUntilAnswered(List<LabCase> cases, Consumer<ResultLine> taker) {
        List<LabCase> rest = new ArrayList<>(cases);
        int falseStarts = 0;
        while (!rest.isEmpty()) {
            int before = rest.size();
            GuestResult boot = boot(rest, taker);
            falseStarts = boot.mark("program").isPresent() ? 0 : falseStarts + 1;
            if (boot.fault().isPresent() || falseStarts == MOST_FALSE_STARTS) {
                giveUp(boot, rest, taker);
            } else if (falseStarts > 0) {
                console.progress("the guest ended before its first case: " + ending(boot));
            } else if (boot.failure().isPresent() || rest.size() == before) {
                blame(boot, rest, taker);
            }
            if (!rest.isEmpty()) {
                console.progress("booting a guest afresh for the " + rest.size() + " cases left");
            }
        }
    }

    /** Takes from {@code rest} whatever is answered. */
    private GuestResult boot(List<LabCase> rest, Consumer<ResultLine> taker) {
        console.progress(
                String.format(
                        "booting a guest for %d cases (%s)",
                        rest.size(), about.get("accelerator")));
        boots++;
        LineStream lines = new LineStream(line -> accept(line, rest, taker));
        PrintStream out = new PrintStream(lines, true, StandardCharsets.UTF_8);
        return guest.run(job(guest.machine(), order(rest)), out, console.err());
    }

    static GuestJob job(GuestMachine machine, List<String> order) {
        return new GuestJob(GuestCaseProgram.class.getName(), order, GuestVfio.jvmOptions(machine));
    }

    private List<String> order(List<LabCase> rest) {
        List<? extends LabCase> all = list.cases(listArguments);
        List<String> ids = all.stream().map(LabCase::id).toList();
        List<Integer> positions =
                rest.stream().map(some -> ids.indexOf(some.id())).sorted().toList();
        return new GuestCaseOrder(
                        list.getClass().getName(),
                        listArguments,
                        GuestCaseOrder.checksum(all),
                        GuestCaseOrder.fitting(positions),
                        limit)
                .arguments();
    }

    private void accept(String line, List<LabCase> rest, Consumer<ResultLine> taker) {
        ResultLine.parse(line)
                .filter(answer -> rest.removeIf(some -> some.id().equals(answer.result().id())))
                .ifPresentOrElse(
                        taker, () -> console.progress("the guest says: " + Visible.line(line)));
    }

    /**
     * The guest ended on its own: that is the result of the case it was at. It gets one attempt
     * more, because a long guest under QEMU's emulation may panic for reasons of its own; the
     * report lists both.
     */
    private void blame(GuestResult boot, List<LabCase> rest, Consumer<ResultLine> taker) {
        LabCase culprit = rest.get(0);
        if (died.add(culprit.id())) {
            console.progress(culprit.id() + " ended its guest and is tried once more");
            answers.get(culprit.id()).add(wedged(culprit, boot));
        } else {
            rest.remove(0);
            taker.accept(wedged(culprit, boot));
        }
    }

    /** No boot would come further: none of the rest can be tried. */
    private void giveUp(GuestResult boot, List<LabCase> rest, Consumer<ResultLine> taker) {
        rest.forEach(some -> taker.accept(wedged(some, boot)));
        rest.clear();
    }

    private ResultLine wedged(LabCase some, GuestResult boot) {
        CaseResult result =
                new CaseResult(
                        some.id(),
                        Outcome.WEDGED,
                        "a result within " + limit.toMillis() + " ms",
                        ending(boot),
                        some.reproduce(),
                        boot.console());
        return new ResultLine(boot.total().toMillis(), result);
    }

    private static String ending(GuestResult boot) {
        return boot.failure()
                .or(boot::fault)
                .orElse("the guest ended and had said nothing of this case");
    }
}
