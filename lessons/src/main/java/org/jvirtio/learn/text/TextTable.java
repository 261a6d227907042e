package org.jvirtio.learn.text;

import java.util.ArrayList;
import java.util.List;

/** Cells in columns, the first row underlined; the last column wraps. */
final class TextTable {

    private static final int COLUMNS = 96;
    private static final int GAP = 2;

    private TextTable() {}

    static List<String> lines(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        int before = 0;
        for (int i = 0; i < columns - 1; i++) {
            before += widths[i] + GAP;
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            row(row, widths, before, lines);
            if (lines.size() == 1) {
                lines.add("-".repeat(Math.min(COLUMNS, before + widths[columns - 1])));
            }
        }
        return lines;
    }

    private static void row(List<String> row, int[] widths, int before, List<String> lines) {
        StringBuilder lead = new StringBuilder();
        for (int i = 0; i < row.size() - 1; i++) {
            lead.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + GAP));
        }
        String start = lead.toString();
        for (String line :
                Wrapping.lines(row.get(row.size() - 1), Math.max(20, COLUMNS - before))) {
            lines.add((start + line).stripTrailing());
            start = " ".repeat(before);
        }
        if (row.get(row.size() - 1).isEmpty()) {
            lines.add(start.stripTrailing());
        }
    }
}
