package org.jvirtio.cli.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.UsageException;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.report.CaseRun;
import org.jvirtio.lab.report.CaseRunner;
import org.jvirtio.lab.report.CaseSelection;
import org.jvirtio.lab.report.ReportedCase;
import org.jvirtio.lab.report.RunReport;
import org.jvirtio.lab.report.Shard;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The options of every command that runs cases, and the running itself. A mixin.
 *
 * <p>A command calls {@link #check} before anything takes time, then one of the {@code run}s with
 * all the cases it has.
 */
public final class LabOptions {

    @Parameters(
            arity = "0..*",
            paramLabel = "FUNCTION|CASE",
            description = {
                "functions by name, such as vfio:0000:00:04.0, qtest:SOCKET@00:04.0 or"
                        + " vfio-user:SOCKET: each is reset, driven and, if it is a disk, written to;",
                "and ids of cases, or prefixes of ids that end in / (default: all)"
            })
    private List<String> positional = new ArrayList<>();

    @Option(names = "--id", paramLabel = "CASE", description = "the same; repeat")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--list", description = "print the ids with what they claim, and run nothing")
    private boolean list;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "cases at a time, outside a guest (default: one for each processor)")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--shard",
            paramLabel = "i/n",
            description = "only part i of n: 1/4 to 4/4 for four runners")
    private String shard = "1/1";

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "attempts more for a bad case; each is listed (default: 0)")
    private int retries;

    @Mixin private LabOutput output;

    /** Complains of what is mistyped. */
    public void check() {
        output.check();
        try {
            Shard.parse(shard);
            new CaseRun(jobs, Duration.ofSeconds(1), retries);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** The names of functions among what was typed: they have a colon, and ids have none. */
    List<String> functions() {
        return positional.stream().filter(LabOptions::isFunction).toList();
    }

    private static boolean isFunction(String word) {
        return word.contains(":");
    }

    /**
     * What runs cases in this process.
     *
     * @param limit for one attempt at one case
     * @param alone whether no two cases may run at a time
     */
    public CaseRun runner(Duration limit, boolean alone) {
        return new CaseRun(alone ? 1 : jobs, limit, retries);
    }

    /** True if the cases are only to be listed. */
    public boolean isListing() {
        return list;
    }

    /** True if somebody said which cases. */
    public boolean isSelective() {
        return !words().isEmpty();
    }

    /** Cases at a time. */
    int jobs() {
        return jobs;
    }

    /** Attempts more for a bad case, for those who run cases elsewhere. */
    public int retries() {
        return retries;
    }

    /** Those of {@code cases} that are meant. */
    public List<LabCase> select(List<? extends LabCase> cases) {
        try {
            return new CaseSelection(words(), Shard.parse(shard)).of(List.copyOf(cases));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private List<String> words() {
        List<String> words = new ArrayList<>(positional);
        words.removeIf(LabOptions::isFunction);
        words.addAll(ids);
        return words;
    }

    /** Runs what is meant of the cases at one reach, or lists it; the exit status. */
    int run(Console console, String name, Reached there) {
        return run(console, name, there.cases(), there.runner(), there.about());
    }

    /**
     * Runs what is meant of {@code cases} where {@code runner} does, or lists it.
     *
     * @param about what the report says besides, read after the run
     * @return the exit status
     */
    public int run(
            Console console,
            String name,
            List<? extends LabCase> cases,
            CaseRunner runner,
            Map<String, String> about) {
        if (cases.isEmpty()) {
            throw new UsageException(
                    "choosing cases: none of "
                            + name
                            + "'s cases fits the devices and options that were given, so nothing"
                            + " would be tried. Leave an option away, or name another device.");
        }
        List<LabCase> chosen = select(cases);
        if (list) {
            chosen.forEach(some -> console.out().println(some.id() + "  " + some.title()));
            return ExitCode.DONE;
        }
        if (chosen.isEmpty()) {
            console.progress("part " + shard + " has none of these cases; the others have them");
        }
        Instant begin = Instant.now();
        long start = System.nanoTime();
        RunProgress progress = new RunProgress(console, chosen.size());
        List<ReportedCase> reported = runner.run(chosen, progress::through);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        RunReport report = new RunReport(name, begin, time, about, reported);
        output.print(console, report);
        return exit(console, report);
    }

    private static int exit(Console console, RunReport report) {
        if (!report.bad().isEmpty()) {
            return ExitCode.FAILED;
        }
        if (!report.cases().isEmpty() && !report.triedSomething()) {
            console.progress("every case was skipped, so nothing is known; the reasons are above");
            return ExitCode.ENVIRONMENT;
        }
        return ExitCode.DONE;
    }
}
