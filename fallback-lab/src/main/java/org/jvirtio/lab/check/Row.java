package org.jvirtio.lab.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that a device has to do.
 *
 * @param id for ever the same: {@code STA-08}
 * @param section of virtio 1.4; those of the register sets are this project's own
 * @param sentence what a good device shows
 */
public record Row(String id, Level level, String section, String sentence) {

    private static final List<Row> ALL = read();

    /** Every row, in the order of the specification's chapters. */
    public static List<Row> all() {
        return ALL;
    }

    /** The part of an id that rows of one subject share: {@code STA}. */
    public String group() {
        return id.substring(0, id.indexOf('-'));
    }

    /** {@code virtio 1.4 section 2.4.1, MUST}. */
    public String clause() {
        String text =
                section.startsWith("A")
                        ? "jvirtio, register sets"
                        : "virtio 1.4 section " + section;
        return text + ", " + level.words();
    }

    private static List<Row> read() {
        List<Row> rows = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Row.class.getResourceAsStream("rows.txt"),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    rows.add(parse(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading rows.txt from the jar", e);
        }
        return List.copyOf(rows);
    }

    private static Row parse(String line) {
        String[] cells = line.split(" \\| ", 4);
        if (cells.length != 4) {
            throw new IllegalStateException("rows.txt: no four cells in: " + line);
        }
        return new Row(cells[0], Level.of(cells[1]), cells[2], cells[3]);
    }
}
