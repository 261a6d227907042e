package org.jvirtio.learn.text;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** The Markdown of one lesson, taken apart. */
public final class LessonText {

    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    private final Node document;
    private final List<String> headings = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();

    private LessonText(Node document) {
        this.document = document;
        document.accept(
                new AbstractVisitor() {
                    @Override
                    public void visit(Heading heading) {
                        headings.add(((Text) heading.getFirstChild()).getLiteral());
                    }

                    @Override
                    public void visit(FencedCodeBlock block) {
                        Command.parse(block.getLiteral()).ifPresent(commands::add);
                    }
                });
    }

    public static LessonText parse(String markdown) {
        return new LessonText(PARSER.parse(markdown));
    }

    public String title() {
        return headings.get(0);
    }

    /** Those below the title, in order. */
    public List<String> sections() {
        return headings.subList(1, headings.size());
    }

    public List<Command> commands() {
        return List.copyOf(commands);
    }

    Node document() {
        return document;
    }
}
