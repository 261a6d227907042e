package org.jvirtio.lab.report;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;
import org.jvirtio.page.Visible;

/**
 * One case of a run, with every attempt at it.
 *
 * @param attempts in the order they were made; the last one counts, none is forgotten
 * @param time all of them took
 */
public record ReportedCase(
        String id, String title, String clause, List<CaseResult> attempts, Duration time) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9./,=+_-]+");

    public ReportedCase {
        attempts = List.copyOf(attempts);
        if (!ID.matcher(id).matches() || attempts.isEmpty()) {
            throw new IllegalArgumentException(
                    "reporting case '"
                            + Visible.line(id)
                            + "' with "
                            + attempts.size()
                            + " attempts: an id has letters, digits and ./,=+_- only, and there is"
                            + " at least one attempt");
        }
    }

    /** What came of {@code tried}. */
    public static ReportedCase of(LabCase tried, List<CaseResult> attempts, Duration time) {
        return new ReportedCase(tried.id(), tried.title(), tried.clause(), attempts, time);
    }

    /** The one that counts. */
    public CaseResult result() {
        return attempts.get(attempts.size() - 1);
    }

    public Outcome outcome() {
        return result().outcome();
    }

    /** The attempts before the one that counts. */
    public List<CaseResult> retried() {
        return attempts.subList(0, attempts.size() - 1);
    }

    /** What it is reported under: the first two words of a longer id, else the first. */
    public String suite() {
        String[] words = id.split("/", -1);
        return words.length > 2 ? words[0] + "/" + words[1] : words[0];
    }

    /** The id without its suite. */
    public String name() {
        return id.length() > suite().length() ? id.substring(suite().length() + 1) : id;
    }
}
