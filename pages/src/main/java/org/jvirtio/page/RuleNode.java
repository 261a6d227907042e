package org.jvirtio.page;

import java.util.List;

/**
 * A branch or leaf of a tree of rules.
 *
 * @param verdict one or two words of ours, such as {@code passed}; its class in the style sheet
 * @param words what was tried
 * @param seen the values it was tried on; may be empty
 * @param source the clause; may be empty
 * @param bytes those that decided; may be empty
 * @param open whether the branch is shown at first
 */
public record RuleNode(
        String verdict,
        String words,
        String seen,
        String source,
        List<RuleBytes> bytes,
        boolean open,
        List<RuleNode> below) {

    /**
     * Bytes that a rule was tried on.
     *
     * @param place where they are: {@code 0x40 cap_len}
     * @param digits {@code 10}
     * @param colour of their group, counted as in a {@link ByteDump}
     */
    public record RuleBytes(String place, String digits, int colour) {}

    public RuleNode {
        bytes = List.copyOf(bytes);
        below = List.copyOf(below);
    }

    /** A rule, with nothing below it. */
    public static RuleNode rule(String verdict, String words, String seen, String source) {
        return new RuleNode(verdict, words, seen, source, List.of(), false, List.of());
    }
}
