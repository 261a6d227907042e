package org.jvirtio.learn.text;

import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jvirtio.page.Markup;
import org.jvirtio.page.Page;

/** A lesson as one HTML page, without scripts and without anything from elsewhere. */
public final class LessonPage {

    /** Everything between two code blocks; what it makes is well-formed, and text is escaped. */
    private static final HtmlRenderer PROSE =
            HtmlRenderer.builder()
                    .extensions(List.of(TablesExtension.create()))
                    .escapeHtml(true)
                    .build();

    private final Markup page;
    private final Runner runner;

    private LessonPage(Markup page, Runner runner) {
        this.page = page;
        this.runner = runner;
    }

    /** The page; each command of the text is run once. */
    public static String of(LessonText text, Runner runner) {
        return Page.of(text.title(), page -> new LessonPage(page, runner).write(text));
    }

    private void write(LessonText text) {
        page.open("main", "class", "lesson");
        // The first block is the title, which the page has already.
        Node block = text.document().getFirstChild().getNext();
        for (; block != null; block = block.getNext()) {
            block(block);
        }
        page.close();
    }

    private void block(Node block) {
        if (block instanceof FencedCodeBlock code) {
            Command.parse(code.getLiteral())
                    .ifPresentOrElse(this::run, () -> pre(code.getLiteral()));
        } else if (block instanceof IndentedCodeBlock code) {
            pre(code.getLiteral());
        } else {
            page.xml(PROSE.render(block));
        }
    }

    private void run(Command command) {
        List<String> actual = runner.actual(command.words());
        Runner.Printed printed = runner.run(actual);
        page.open("figure").open("figcaption");
        page.inline("code", Command.line(actual)).close();
        printed.picture()
                .ifPresentOrElse(
                        picture -> picture.write(page),
                        () -> pre(String.join("\n", command.excerpt(printed.lines()))));
        page.close();
    }

    /** A wide block scrolls, and the keyboard has to reach it for that. */
    private void pre(String text) {
        page.open("pre", "tabindex", "0").lines(text).close();
    }
}
