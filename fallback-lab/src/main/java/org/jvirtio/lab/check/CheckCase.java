package org.jvirtio.lab.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.EnvironmentException;
import org.jvirtio.LayoutException;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Subject;

/** One row, tried on one device in one of its layouts. */
public final class CheckCase implements LabCase {

    private static final Map<String, Check> CHECKS =
            Stream.of(
                            StatusChecks.all(),
                            FeatureChecks.all(),
                            InitialisationChecks.all(),
                            PciChecks.all(),
                            CapabilityChecks.all(),
                            CommonChecks.all(),
                            IsrChecks.all(),
                            VectorChecks.all(),
                            LegacyChecks.all(),
                            QueueResetChecks.all(),
                            SplitChecks.all(),
                            PackedChecks.all(),
                            AdminChecks.all(),
                            BlockChecks.all(),
                            NetChecks.all(),
                            ConsoleChecks.all(),
                            EntropyChecks.all(),
                            RegisterSetChecks.all())
                    .flatMap(group -> group.entrySet().stream())
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final Row row;
    private final Subject subject;

    private final Examination examination;

    private CheckCase(Row row, Subject subject, Examination examination) {
        this.row = row;
        this.subject = subject;
        this.examination = examination;
    }

    /** Every row for a device; those that do not apply to it are skipped when they are run. */
    public static List<LabCase> of(Subject subject) {
        Examination examination = new Examination(subject);
        return Row.all().stream()
                .<LabCase>map(row -> new CheckCase(row, subject, examination))
                .toList();
    }

    /** True if whoever violates this row, of either side, does not conform; some do so in part. */
    public static boolean isStrict(LabCase some) {
        return some.clause().contains(", " + Level.MUST.words())
                || some.title().contains("(" + Level.MUST.words() + ")");
    }

    /** True if what was looked at is a MUST. */
    public static boolean isStrict(CaseResult result) {
        return result.expected().startsWith(Level.MUST.words());
    }

    /** The ids of rows that have a reason instead of a check. */
    static Set<String> undecidedIds() {
        return CHECKS.entrySet().stream()
                .filter(entry -> !entry.getValue().isEverTried())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The ids that have a check, or a reason for having none. */
    static Set<String> checkedIds() {
        return CHECKS.keySet();
    }

    @Override
    public String id() {
        return subject.deviceCase(row.id());
    }

    @Override
    public String title() {
        return row.sentence();
    }

    @Override
    public String clause() {
        return row.clause();
    }

    @Override
    public String reproduce() {
        return subject.command() + " " + id();
    }

    @Override
    public CaseResult run() {
        Attempt attempt = attempt();
        Finding finding = attempt.finding();
        String level = finding.level().orElse(row.level()).words();
        return new CaseResult(
                id(),
                finding.outcome(),
                level + ": " + row.sentence(),
                finding.seen(),
                reproduce(),
                finding.outcome().isBad() ? attempt.trace() : List.of());
    }

    /** What was seen, and the register accesses that led there. */
    private record Attempt(Finding finding, List<String> trace) {

        static Attempt of(Finding finding) {
            return new Attempt(finding, List.of());
        }
    }

    private Attempt attempt() {
        try {
            Check check = CHECKS.get(row.id());
            Optional<String> reason = check.inapplicable(examination.facts());
            return reason.isPresent() ? Attempt.of(Finding.skip("%s", reason.get())) : look(check);
        } catch (WedgedException | DeviceTimeoutException | DeviceBrokenException gone) {
            return Attempt.of(Finding.wedged(gone.getMessage()));
        } catch (EnvironmentException missing) {
            return Attempt.of(Finding.skip("%s", missing.getMessage()));
        } catch (LayoutException refused) {
            return Attempt.of(Finding.fail("%s", refused.getMessage()));
        }
    }

    /** A device that cannot be reset afterwards is wedged, whatever was seen before. */
    private Attempt look(Check check) {
        List<String> trace = List.of();
        try (Bench bench = new Bench(subject)) {
            Finding finding = finding(check, bench);
            trace = bench.trace();
            return new Attempt(finding, trace);
        } catch (WedgedException gone) {
            return new Attempt(Finding.wedged(gone.getMessage()), trace);
        }
    }

    private static Finding finding(Check check, Bench bench) {
        try {
            return check.on(bench);
        } catch (EndedException early) {
            return early.finding();
        } catch (WedgedException | DeviceTimeoutException | DeviceBrokenException gone) {
            return Finding.wedged(gone.getMessage());
        }
    }
}
