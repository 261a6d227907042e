package org.jvirtio.learn.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;

/**
 * Shows a lesson on a terminal, block by block. A command is run when its place is reached, after
 * {@code before} had its say: that is where a learner predicts.
 */
public final class TerminalText extends AbstractVisitor {

    private static final int COLUMNS = 80;
    private static final String CODE_INDENT = "    ";

    private final Consumer<String> out;
    private final UnaryOperator<String> bold;
    private final Runner runner;
    private final Runnable before;
    private String indent = "";
    private String bullet = "";

    /**
     * Prepares the showing.
     *
     * @param out takes lines
     * @param before runs before each command
     */
    public TerminalText(
            Consumer<String> out, UnaryOperator<String> bold, Runner runner, Runnable before) {
        this.out = out;
        this.bold = bold;
        this.runner = runner;
        this.before = before;
    }

    public void show(LessonText text) {
        text.document().accept(this);
    }

    @Override
    public void visit(Heading heading) {
        out.accept(bold.apply(InlineText.of(heading)));
        out.accept("");
    }

    @Override
    public void visit(Paragraph paragraph) {
        String first = indent + bullet;
        String rest = indent + " ".repeat(bullet.length());
        bullet = "";
        String lead = first;
        for (String line : Wrapping.lines(InlineText.of(paragraph), COLUMNS - rest.length())) {
            out.accept(lead + line);
            lead = rest;
        }
        if (!(paragraph.getParent() instanceof ListItem) || paragraph.getNext() != null) {
            out.accept("");
        }
    }

    @Override
    public void visit(BulletList list) {
        items(list, 0);
    }

    @Override
    public void visit(OrderedList list) {
        items(list, list.getMarkerStartNumber());
    }

    /** {@code number} of the first item; 0 for bullets. */
    private void items(Node list, int number) {
        int next = number;
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            String outer = indent;
            String mark = number == 0 ? "- " : next++ + ". ";
            bullet = mark;
            visitChildren(item);
            indent = outer;
        }
        out.accept("");
    }

    @Override
    public void visit(BlockQuote quote) {
        String outer = indent;
        indent = outer + "| ";
        visitChildren(quote);
        indent = outer;
    }

    @Override
    public void visit(FencedCodeBlock block) {
        Command.parse(block.getLiteral())
                .ifPresentOrElse(this::run, () -> block.getLiteral().lines().forEach(this::code));
        out.accept("");
    }

    @Override
    public void visit(IndentedCodeBlock block) {
        block.getLiteral().lines().forEach(this::code);
        out.accept("");
    }

    private void run(Command command) {
        List<String> actual = runner.actual(command.words());
        code(bold.apply(Command.line(actual)));
        before.run();
        List<String> printed = runner.run(actual).lines();
        command.excerpt(printed).forEach(this::code);
    }

    private void code(String line) {
        out.accept(indent + CODE_INDENT + line);
    }

    @Override
    public void visit(CustomBlock block) {
        if (block instanceof TableBlock) {
            table(block);
        }
    }

    private void table(Node table) {
        List<List<String>> rows = new ArrayList<>();
        for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
            for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
                rows.add(cells((TableRow) row));
            }
        }
        TextTable.lines(rows).forEach(line -> out.accept(indent + "  " + line));
        out.accept("");
    }

    private static List<String> cells(TableRow row) {
        List<String> cells = new ArrayList<>();
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
            cells.add(InlineText.of((TableCell) cell));
        }
        return cells;
    }
}
