package org.jvirtio.lab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jvirtio.lab.Outcome;

/**
 * What came of one run; {@link ReportForm} prints it.
 *
 * @param name of the command: {@code matrix}
 * @param about what it ran on and with, by name
 * @param cases in the order of the list they were chosen from
 */
public record RunReport(
        String name,
        Instant begin,
        Duration time,
        Map<String, String> about,
        List<ReportedCase> cases) {

    public RunReport {
        about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
        cases = List.copyOf(cases);
    }

    /** The cases that ended so. */
    public List<ReportedCase> of(Outcome outcome) {
        return cases.stream().filter(tried -> tried.outcome() == outcome).toList();
    }

    /** The cases that are a reason to end with exit status 1. */
    public List<ReportedCase> bad() {
        return cases.stream().filter(tried -> tried.outcome().isBad()).toList();
    }

    /** The cases that took more than one attempt, however they ended. */
    public List<ReportedCase> retried() {
        return cases.stream().filter(tried -> !tried.retried().isEmpty()).toList();
    }

    /** The skipped cases by reason. */
    public Map<String, List<ReportedCase>> skipped() {
        Map<String, List<ReportedCase>> reasons = new LinkedHashMap<>();
        for (ReportedCase tried : of(Outcome.SKIP)) {
            reasons.computeIfAbsent(tried.result().seen(), reason -> new ArrayList<>()).add(tried);
        }
        return reasons;
    }

    /** The cases by suite. */
    public Map<String, List<ReportedCase>> suites() {
        Map<String, List<ReportedCase>> suites = new LinkedHashMap<>();
        for (ReportedCase tried : cases) {
            suites.computeIfAbsent(tried.suite(), suite -> new ArrayList<>()).add(tried);
        }
        return suites;
    }

    /** True if something was tried at all, which a run of skipped cases cannot say. */
    public boolean triedSomething() {
        return cases.size() > of(Outcome.SKIP).size();
    }

    /** One line: {@code matrix: 3 cases in 0.2 s: 2 PASS, 1 SKIP}. */
    public String summary() {
        StringJoiner counts = new StringJoiner(", ");
        for (Outcome outcome : Outcome.values()) {
            int count = of(outcome).size();
            if (count > 0) {
                counts.add(count + " " + outcome);
            }
        }
        return String.format(
                "%s: %d cases in %.1f s: %s", name, cases.size(), time.toMillis() / 1e3, counts);
    }
}
