package org.jvirtio.cli.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.JsonText;
import org.jvirtio.cli.Output;
import org.jvirtio.cli.UsageException;
import org.jvirtio.lab.trace.RuleVerdict;
import org.jvirtio.lab.trace.RuleVerdict.DoesNotApply;
import org.jvirtio.lab.trace.RuleVerdict.Holds;
import org.jvirtio.lab.trace.RuleVerdict.Violated;
import org.jvirtio.lab.trace.TraceRule;
import org.jvirtio.lab.trace.TraceRules;
import org.jvirtio.trace.Trace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says whether the driver of a trace did what the specification asks of drivers. */
@Command(
        name = "rules",
        description =
                "Say which rules for drivers a trace keeps, breaks, or has nothing to do with. Exit"
                        + " status 1 if it breaks one.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RulesForTrace implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "a trace; - is standard input")
    private String file;

    @Option(names = "--id", paramLabel = "RULE", description = "only this one, such as STA-01")
    private String id = "";

    @Option(names = "-o", paramLabel = "FORM", description = "text or json")
    private String form = "text";

    private final Console console;

    RulesForTrace(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Output output = Output.parse(form);
        Trace trace = TraceFiles.read(file);
        Map<String, RuleVerdict> verdicts = TraceRules.verdicts(trace);
        List<Map<String, Object>> rows = new ArrayList<>();
        boolean broken = false;
        for (TraceRule rule : chosen()) {
            RuleVerdict verdict = verdicts.get(rule.id());
            rows.add(row(rule, verdict));
            broken |= verdict instanceof Violated;
        }
        print(rows, output);
        return broken ? ExitCode.FAILED : ExitCode.DONE;
    }

    private List<TraceRule> chosen() {
        List<TraceRule> chosen =
                TraceRules.all().stream()
                        .filter(rule -> id.isEmpty() || rule.id().equals(id))
                        .toList();
        if (chosen.isEmpty()) {
            throw new UsageException(
                    "--id: there is no rule '" + id + "'; without --id all of them are shown");
        }
        return chosen;
    }

    private static Map<String, Object> row(TraceRule rule, RuleVerdict verdict) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("rule", rule.id());
        row.put("verdict", word(verdict));
        row.put("sentence", rule.sentence());
        row.put("why", why(verdict));
        row.put("clause", rule.clause());
        return row;
    }

    private static String word(RuleVerdict verdict) {
        return verdict instanceof Holds ? "kept" : verdict instanceof Violated ? "broken" : "-";
    }

    private static String why(RuleVerdict verdict) {
        if (verdict instanceof Violated violated) {
            return violated.why();
        }
        if (verdict instanceof DoesNotApply none) {
            return none.why();
        }
        return ((Holds) verdict).occasions() + " times";
    }

    private void print(List<Map<String, Object>> rows, Output output) {
        if (output == Output.JSON) {
            console.out().println(JsonText.of(rows));
            return;
        }
        for (Map<String, Object> row : rows) {
            console.out()
                    .printf(
                            "%s  %-6s  %s (%s): %s%n",
                            row.get("rule"),
                            row.get("verdict"),
                            row.get("sentence"),
                            row.get("clause"),
                            row.get("why"));
        }
    }
}
