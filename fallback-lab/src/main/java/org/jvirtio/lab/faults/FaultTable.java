package org.jvirtio.lab.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Reads the table of faults.
 *
 * <pre>
 *   C4 | first | cap_len is shorter than the structure | Zephyr 113343
 *     virtio1/alone | block | overlay=common-cap-short | REFUSE | cap_len
 *     why | why the reaction is this one
 *     skip | why it cannot be injected
 * </pre>
 *
 * <p>A line that is not indented is a fault: id, {@code first} or {@code later}, what the device
 * does, where such a device was met. Each line below it is a way to inject it: layout and variant,
 * device, words, what is expected, what has to be said. The layout {@code each} is one line for
 * legacy, register-set and virtio1, {@code new} for the last two. The words: {@code overlay=NAME},
 * {@code policy=POLICY}, {@code around=SURROUNDINGS}, {@code any-data}, {@code for=MILLIS} of work,
 * {@code together=COUNT} requests, {@code keeps=RULE+RULE} of the trace; all others are options of
 * the model.
 */
final class FaultTable {

    private static final Map<String, List<String>> SHORT =
            Map.of(
                    "each", List.of("legacy", "register-set", "virtio1"),
                    "new", List.of("register-set", "virtio1"));

    private FaultTable() {}

    static List<FaultRow> rows(String name) {
        try (InputStream table = FaultTable.class.getResourceAsStream(name)) {
            return parse(new String(table.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException cause) {
            throw new UncheckedIOException("reading " + name + " from the lab's jar", cause);
        }
    }

    private static List<FaultRow> parse(String text) {
        List<FaultRow> rows = new ArrayList<>();
        List<String> below = new ArrayList<>();
        String head = "";
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(" ")) {
                below.add(line);
                continue;
            }
            add(rows, head, below);
            head = line;
            below.clear();
        }
        add(rows, head, below);
        return List.copyOf(rows);
    }

    private static void add(List<FaultRow> rows, String head, List<String> below) {
        if (head.isEmpty()) {
            return;
        }
        List<String> cells = cells(head, 4);
        List<Injection> injections = new ArrayList<>();
        String why = "";
        String skipped = "";
        for (String line : below) {
            if (line.strip().startsWith("skip |")) {
                skipped = cells(line, 2).get(1);
            } else if (line.strip().startsWith("why |")) {
                why = cells(line, 2).get(1);
            } else {
                injections.addAll(injections(cells(line, 5)));
            }
        }
        rows.add(
                new FaultRow(
                        cells.get(0),
                        cells.get(1).equals("first"),
                        cells.get(2),
                        cells.get(3),
                        injections,
                        why,
                        skipped));
    }

    private static List<String> cells(String line, int count) {
        List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        if (cells.size() != count) {
            throw new IllegalStateException(
                    "faults.txt: " + cells.size() + " cells instead of " + count + ": " + line);
        }
        return cells;
    }

    private static List<Injection> injections(List<String> cells) {
        String[] name = cells.get(0).split("/", 2);
        String variant = name.length == 2 ? "/" + name[1] : "";
        return SHORT.getOrDefault(name[0], List.of(name[0])).stream()
                .map(layout -> injection(layout, variant, cells))
                .toList();
    }

    private static Injection injection(String layout, String variant, List<String> cells) {
        String overlay = "";
        String policy = "auto";
        Surroundings surroundings = Surroundings.ORDINARY;
        Work work = Work.ORDINARY;
        List<String> keeps = List.of();
        List<String> options = new ArrayList<>();
        for (String word : cells.get(2).split(" +", -1)) {
            String value = word.substring(word.indexOf('=') + 1);
            switch (word.replaceFirst("=.*", "")) {
                case "overlay" -> overlay = value;
                case "policy" -> policy = value;
                case "around" -> surroundings = surroundings(value);
                case "any-data" -> work = work.withAnyData();
                case "together" -> work = work.withTogether(Integer.parseInt(value));
                case "keeps" -> keeps = List.of(value.split("\\+", -1));
                case "for" -> work = work.lasting(Integer.parseInt(value));
                case "", "nothing" -> {}
                default -> options.add(word);
            }
        }
        return new Injection(
                layout + variant,
                cells.get(1) + ",layout=" + layout,
                String.join(",", options),
                overlay,
                policy,
                surroundings,
                work,
                keeps,
                Reaction.valueOf(cells.get(3).replace('-', '_')),
                cells.get(4));
    }

    private static Surroundings surroundings(String label) {
        return Arrays.stream(Surroundings.values())
                .filter(value -> value.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("faults.txt: around=" + label));
    }
}
