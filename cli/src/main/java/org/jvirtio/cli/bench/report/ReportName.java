package org.jvirtio.cli.bench.report;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a kept result is called: {@code ring-20260131T235959Z.json}, and another one that began in
 * the same second {@code ring-20260131T235959Z-2.json}.
 *
 * @param second in which it began
 * @param count from 1 on, of those that began in it
 */
record ReportName(String benchmark, String second, int count) {

    static final Comparator<ReportName> OLDEST_FIRST =
            Comparator.comparing(ReportName::second).thenComparing(ReportName::count);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final Pattern FORM =
            Pattern.compile(
                    "(?<benchmark>[a-z-]+)-(?<second>\\d{8}T\\d{6}Z)"
                            + "(-(?<count>[2-9]|[1-9]\\d{1,3}))?\\.json");

    ReportName(String benchmark, Instant time, int count) {
        this(benchmark, TIME.format(time), count);
    }

    /** Empty if this is the name of something else. */
    static Optional<ReportName> of(Path file) {
        Matcher name = FORM.matcher(file.getFileName().toString());
        if (!name.matches()) {
            return Optional.empty();
        }
        String count = Optional.ofNullable(name.group("count")).orElse("1");
        return Optional.of(
                new ReportName(
                        name.group("benchmark"), name.group("second"), Integer.parseInt(count)));
    }

    @Override
    public String toString() {
        return benchmark + "-" + second + (count == 1 ? "" : "-" + count) + ".json";
    }
}
