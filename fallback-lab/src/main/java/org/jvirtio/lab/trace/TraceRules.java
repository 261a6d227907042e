package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.trace.Trace;

/**
 * Every rule for drivers that a trace of registers can decide, and the reasons why it cannot decide
 * the others.
 */
public final class TraceRules {

    private static final List<TraceRule> ALL = collect();

    private TraceRules() {}

    /** By id. */
    public static List<TraceRule> all() {
        return ALL;
    }

    /** What each rule says about a trace, by id of the rule. */
    public static Map<String, RuleVerdict> verdicts(Trace trace) {
        NamedTrace named = NamedTrace.of(trace);
        Map<String, RuleVerdict> verdicts = new LinkedHashMap<>();
        ALL.forEach(rule -> verdicts.put(rule.id(), rule.verdict(named)));
        return verdicts;
    }

    private static List<TraceRule> collect() {
        List<TraceRule> rules = new ArrayList<>();
        rules.addAll(StatusRules.all());
        rules.addAll(FeatureRules.all());
        rules.addAll(AcceptanceRules.all());
        rules.addAll(DeviceConfigRules.all());
        rules.addAll(QueueRules.all());
        rules.addAll(NotificationRules.all());
        rules.addAll(WindowRules.all());
        rules.sort(Comparator.comparing(TraceRule::id));
        return List.copyOf(rules);
    }
}
