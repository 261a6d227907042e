package org.jvirtio.lab.report;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jvirtio.lab.LabCase;
import org.jvirtio.page.Visible;

/**
 * Which cases of a list are meant.
 *
 * @param words ids, or prefixes of ids that end in {@code /}; empty for all
 */
public record CaseSelection(List<String> words, Shard shard) {

    /** Every case. */
    public static final CaseSelection ALL = new CaseSelection(List.of(), Shard.WHOLE);

    public CaseSelection {
        words = List.copyOf(words);
    }

    /**
     * Chooses, in the order of the list.
     *
     * @throws IllegalArgumentException if a word fits no case: a typing mistake must not look like
     *     a run without failures
     */
    public List<LabCase> of(List<LabCase> cases) {
        requireDistinct(cases);
        for (String word : words) {
            if (cases.stream().noneMatch(some -> fits(word, some))) {
                throw new IllegalArgumentException(
                        String.format(
                                "choosing cases: '%s' is none of %d ids here, nor a prefix that"
                                        + " ends in '/'. --list shows them.",
                                Visible.line(word), cases.size()));
            }
        }
        return cases.stream().filter(this::isMeant).toList();
    }

    private boolean isMeant(LabCase some) {
        boolean named = words.isEmpty() || words.stream().anyMatch(word -> fits(word, some));
        return named && shard.has(some.id());
    }

    private static boolean fits(String word, LabCase some) {
        return word.endsWith("/") ? some.id().startsWith(word) : some.id().equals(word);
    }

    private static void requireDistinct(List<LabCase> cases) {
        Set<String> seen = new HashSet<>();
        for (LabCase some : cases) {
            if (!seen.add(some.id())) {
                throw new IllegalStateException("two cases have the id " + some.id());
            }
        }
    }
}
