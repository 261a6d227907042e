package org.jvirtio.page;

import java.util.List;

/**
 * Rules as a tree: candidates, what each was looked for in, the rules that were tried there. A
 * branch opens and closes without a script, by pointer and by key.
 */
public final class RuleTree {

    private RuleTree() {}

    /** Writes {@code nodes} and all below them. */
    public static void write(Markup page, List<RuleNode> nodes) {
        page.open("ul", "class", "tree");
        for (RuleNode node : nodes) {
            page.open("li");
            if (node.below().isEmpty()) {
                page.open("div");
                line(page, node);
                page.close();
            } else {
                branch(page, node);
            }
            page.close();
        }
        page.close();
    }

    private static void branch(Markup page, RuleNode node) {
        if (node.open()) {
            page.open("details", "open", "open");
        } else {
            page.open("details");
        }
        page.open("summary");
        line(page, node);
        page.close();
        write(page, node.below());
        page.close();
    }

    private static void line(Markup page, RuleNode node) {
        page.inline("span", node.verdict(), "class", "verdict " + kind(node.verdict()));
        page.text(" ");
        words(page, node);
        if (!node.seen().isEmpty()) {
            page.text(": ").inline("span", node.seen(), "class", "seen");
        }
        if (!node.source().isEmpty()) {
            page.text(" ").inline("span", node.source(), "class", "where");
        }
        if (!isNamed(node)) {
            bytes(page, node.bytes());
        }
    }

    /** Bytes that the words name themselves are coloured there. */
    private static void words(Markup page, RuleNode node) {
        if (!isNamed(node)) {
            page.text(node.words());
            return;
        }
        RuleNode.RuleBytes bytes = node.bytes().get(0);
        int at = node.words().indexOf(bytes.digits());
        page.text(node.words().substring(0, at));
        page.inline("code", bytes.digits(), "class", ByteGroup.colour(bytes.colour()));
        page.text(node.words().substring(at + bytes.digits().length()));
    }

    private static boolean isNamed(RuleNode node) {
        return node.bytes().size() == 1 && node.words().contains(node.bytes().get(0).digits());
    }

    private static void bytes(Markup page, List<RuleNode.RuleBytes> bytes) {
        if (bytes.isEmpty()) {
            return;
        }
        page.open("span", "class", "bytes");
        for (RuleNode.RuleBytes some : bytes) {
            page.open("span").inline("small", some.place()).text(" ");
            page.inline("code", some.digits(), "class", ByteGroup.colour(some.colour()));
            page.end().text(" ");
        }
        page.end();
    }

    /** A class name: the words of a verdict are ours, and have spaces at most. */
    private static String kind(String verdict) {
        return verdict.replace(' ', '-');
    }
}
