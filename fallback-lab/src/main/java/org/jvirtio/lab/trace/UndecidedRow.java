package org.jvirtio.lab.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of the conformance table for drivers that no trace of registers can decide.
 *
 * @param reason why not, as the end of a sentence
 */
record UndecidedRow(String id, String clause, String reason) {

    private static final String FILE = "undecided.txt";
    private static final String BECAUSE = "because ";

    /** All of them, in the order of the file beside this class, which says how it is read. */
    static List<UndecidedRow> all() {
        List<UndecidedRow> rows = new ArrayList<>();
        String reason = "";
        for (String line : lines()) {
            if (line.startsWith(BECAUSE)) {
                reason = line.substring(BECAUSE.length());
            } else if (line.startsWith(" ")) {
                String row = line.strip();
                int blank = row.indexOf(' ');
                rows.add(
                        new UndecidedRow(
                                row.substring(0, blank), row.substring(blank + 1), reason));
            }
        }
        return rows;
    }

    private static List<String> lines() {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                UndecidedRow.class.getResourceAsStream(FILE),
                                StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + FILE + " from the lab's jar", e);
        }
    }
}
