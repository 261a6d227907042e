package org.jvirtio.lab.trace;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.VirtioException;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;
import org.jvirtio.lab.Subject;
import org.jvirtio.lab.trace.RuleVerdict.DoesNotApply;
import org.jvirtio.lab.trace.RuleVerdict.Holds;
import org.jvirtio.lab.trace.RuleVerdict.Violated;

/**
 * One rule on one device. A driver that gives up is checked as far as it came; a device that hangs
 * before the rule has an occasion is wedged.
 */
final class RuleCase implements LabCase {

    private final TraceRule rule;
    private final Subject subject;
    private final SharedRecording recording;
    private final AtomicBoolean ran = new AtomicBoolean();

    RuleCase(TraceRule rule, Subject subject, SharedRecording recording) {
        this.rule = rule;
        this.subject = subject;
        this.recording = recording;
    }

    @Override
    public String id() {
        return subject.driverCase(rule.id());
    }

    @Override
    public String title() {
        return rule.sentence();
    }

    @Override
    public String clause() {
        return rule.clause();
    }

    @Override
    public CaseResult run() {
        try {
            SharedRecording.Recorded recorded =
                    ran.getAndSet(true) ? recording.again() : recording.first();
            return result(recorded);
        } catch (DeviceTimeoutException | DeviceBrokenException gone) {
            return result(Outcome.WEDGED, gone.getMessage(), List.of());
        } catch (VirtioException missing) {
            return result(Outcome.SKIP, missing.getMessage(), List.of());
        }
    }

    @Override
    public String reproduce() {
        return subject.command() + " " + id();
    }

    private CaseResult result(SharedRecording.Recorded recorded) {
        RuleVerdict verdict = rule.verdict(recorded.trace());
        if (verdict instanceof Violated violated) {
            return result(
                    Outcome.FAIL,
                    violated.why(),
                    TraceText.upTo(violated.event(), recorded.trace()));
        }
        if (verdict instanceof DoesNotApply none) {
            Outcome open = recorded.hung() ? Outcome.WEDGED : Outcome.SKIP;
            return result(open, none.why() + after(recorded), List.of());
        }
        int occasions = ((Holds) verdict).occasions();
        return result(Outcome.PASS, "kept " + occasions + " times" + after(recorded), List.of());
    }

    private static String after(SharedRecording.Recorded recorded) {
        return recorded.failure()
                .map(why -> "; the driver gave up: " + why.getMessage())
                .orElse("");
    }

    private CaseResult result(Outcome outcome, String seen, List<String> trace) {
        String expected = rule.level() + ": " + rule.sentence();
        return new CaseResult(id(), outcome, expected, seen, reproduce(), trace);
    }
}
