package org.jvirtio.cli.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;

/**
 * The table of faults that were tried, one line each, in the order of the cases.
 *
 * <pre>
 *   OUTCOME  ID    LAYOUT            EXPECTED  SEEN      FAULT
 *   REJECT   C4    virtio1/alone     REFUSE    REFUSE    cap_len is shorter than the structure
 * </pre>
 */
final class FaultLines {

    private static final String FORM = "%-7s  %-4s  %-26s  %-8s  %-8s  %s";

    private final Map<String, String> lines = new LinkedHashMap<>();

    /** The same cases, which put a line into this table when they are through. */
    List<LabCase> watch(List<LabCase> cases) {
        List<LabCase> watched = new ArrayList<>();
        for (LabCase some : cases) {
            lines.put(some.id(), "");
            watched.add(new Watched(some));
        }
        return watched;
    }

    /** Heading and lines of what was tried; nothing if nothing was. */
    List<String> lines() {
        List<String> tried = new ArrayList<>();
        tried.add(String.format(FORM, "OUTCOME", "ID", "LAYOUT", "EXPECTED", "SEEN", "FAULT"));
        lines.values().stream().filter(line -> !line.isEmpty()).forEach(tried::add);
        return tried.size() == 1 ? List.of() : tried;
    }

    private synchronized void add(LabCase some, CaseResult result) {
        String[] words = some.id().split("/", 3);
        lines.put(
                some.id(),
                String.format(
                        FORM,
                        result.outcome(),
                        words[1],
                        words.length > 2 ? words[2] : "",
                        reaction(result.expected()),
                        reaction(result.seen()),
                        some.title()));
    }

    /** The capital letters that a text starts with; a dash if it starts with others. */
    private static String reaction(String text) {
        String word = text.split("[: ]", 2)[0];
        return word.matches("[A-Z-]+") ? word : "-";
    }

    private final class Watched implements LabCase {

        private final LabCase some;

        Watched(LabCase some) {
            this.some = some;
        }

        @Override
        public String id() {
            return some.id();
        }

        @Override
        public String title() {
            return some.title();
        }

        @Override
        public String clause() {
            return some.clause();
        }

        @Override
        public String reproduce() {
            return some.reproduce();
        }

        @Override
        public CaseResult run() {
            CaseResult result = some.run();
            add(some, result);
            return result;
        }
    }
}
