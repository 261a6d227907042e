package org.jvirtio.learn.text;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;
import org.jvirtio.learn.Resources;

/** A lesson as one HTML page, without scripts and without anything from elsewhere. */
public final class LessonPage {

    private LessonPage() {}

    /** The page; each command of the text is run once. */
    public static String of(LessonText text, Runner runner) {
        HtmlRenderer renderer =
                HtmlRenderer.builder()
                        .extensions(List.of(TablesExtension.create()))
                        .nodeRendererFactory(context -> new CommandBlocks(context, runner))
                        .escapeHtml(true)
                        .build();
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>"
                + text.title()
                + "</title><style>\n"
                + Resources.text("lesson.css")
                + "</style></head>\n<body><main>\n"
                + renderer.render(text.document())
                + "</main></body></html>\n";
    }

    /** Code blocks: those that are commands with what they print, and what they draw. */
    private static final class CommandBlocks implements NodeRenderer {

        private final HtmlWriter html;
        private final Runner runner;

        CommandBlocks(HtmlNodeRendererContext context, Runner runner) {
            html = context.getWriter();
            this.runner = runner;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(FencedCodeBlock.class);
        }

        @Override
        public void render(Node node) {
            String literal = ((FencedCodeBlock) node).getLiteral();
            Command.parse(literal).ifPresentOrElse(this::run, () -> pre(literal));
        }

        private void run(Command command) {
            List<String> actual = runner.actual(command.words());
            Runner.Printed printed = runner.run(actual);
            html.line();
            html.tag("figure");
            html.tag("figcaption");
            html.tag("code");
            html.text(Command.line(actual));
            html.tag("/code");
            html.tag("/figcaption");
            printed.svg().ifPresent(html::raw);
            if (printed.svg().isEmpty()) {
                pre(String.join("\n", command.excerpt(printed.lines())));
            }
            html.tag("/figure");
            html.line();
        }

        private void pre(String text) {
            html.line();
            // A wide block scrolls, and the keyboard has to reach it for that.
            html.tag("pre", Map.of("tabindex", "0"));
            html.text(text);
            html.tag("/pre");
            html.line();
        }
    }
}
