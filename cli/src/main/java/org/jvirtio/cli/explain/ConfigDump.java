package org.jvirtio.cli.explain;

import java.util.List;
import org.jvirtio.cli.bench.report.Html;

/**
 * The configuration bytes in rows of sixteen, each structure in a colour of its own, with a legend.
 * Rows of the extended space that are zero are left out.
 */
final class ConfigDump {

    private static final int ROW = 16;
    private static final int LEGACY_SPACE = 256;

    /** Classes in the style sheet; structures take turns. */
    private static final int COLOURS = 8;

    private final Explanation explanation;
    private final List<ConfigRange> ranges;
    private final StringBuilder html = new StringBuilder();

    private ConfigDump(Explanation explanation) {
        this.explanation = explanation;
        this.ranges = ConfigRange.of(explanation);
    }

    static String of(Explanation explanation) {
        ConfigDump dump = new ConfigDump(explanation);
        dump.legend();
        dump.rows();
        return dump.html.toString();
    }

    private void legend() {
        html.append("<p class=\"legend\">");
        for (int i = 0; i < ranges.size(); i++) {
            ConfigRange range = ranges.get(i);
            html.append("<span class=\"").append(colour(i)).append("\">");
            html.append(
                    Html.escaped(
                            String.format(
                                    "%02x-%02x %s",
                                    range.begin(), range.end() - 1, range.label())));
            html.append("</span> ");
        }
        html.append("</p>\n");
    }

    private static String colour(int range) {
        return "c" + range % COLOURS;
    }

    private void rows() {
        html.append("<pre class=\"dump\">");
        for (int row = 0; row < explanation.bytes().length(); row += ROW) {
            if (row < LEGACY_SPACE || !isZero(row)) {
                row(row);
            }
        }
        html.append("</pre>\n");
    }

    private boolean isZero(int row) {
        for (int i = row; i < row + ROW; i++) {
            if (explanation.bytes().read8(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private void row(int row) {
        html.append(String.format("%03x:", row));
        for (int offset = row; offset < row + ROW; offset++) {
            html.append(' ');
            byteAt(offset);
        }
        html.append('\n');
    }

    /** The last structure that claims the byte colours it; two dashes where it was not read. */
    private void byteAt(int offset) {
        String digits =
                explanation.bytes().has(offset)
                        ? String.format("%02x", explanation.bytes().read8(offset))
                        : "--";
        int owner = -1;
        for (int i = 0; i < ranges.size(); i++) {
            owner = ranges.get(i).holds(offset) ? i : owner;
        }
        if (owner < 0) {
            html.append(digits);
            return;
        }
        html.append("<span class=\"").append(colour(owner)).append("\" title=\"");
        html.append(Html.escaped(ranges.get(owner).label())).append("\">");
        html.append(digits).append("</span>");
    }
}
