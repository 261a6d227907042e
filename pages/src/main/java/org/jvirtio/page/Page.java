package org.jvirtio.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A document of one file. It is well-formed XML, so that a test can parse it, and forbids itself
 * whatever it does not bring along: a browser then runs no script and loads nothing, even if
 * something in it should ask for that.
 */
public final class Page {

    private static final String NOTHING_FROM_ELSEWHERE =
            "default-src 'none'; style-src 'unsafe-inline'";

    private Page() {}

    /** The whole document; {@code body} writes what follows the heading. */
    public static String of(String title, Consumer<Markup> body) {
        Markup page = new Markup("<!DOCTYPE html>");
        page.open("html", "lang", "en").open("head");
        page.open("meta", "charset", "utf-8").close();
        page.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .close();
        page.open(
                        "meta",
                        "http-equiv",
                        "Content-Security-Policy",
                        "content",
                        NOTHING_FROM_ELSEWHERE)
                .close();
        page.element("title", title);
        page.open("style").lines(style()).close().close();
        page.open("body").element("h1", title);
        body.accept(page);
        return page.close().close().toString();
    }

    /** A piece of a document. */
    public static String fragment(Consumer<Markup> content) {
        Markup piece = new Markup();
        content.accept(piece);
        return piece.toString();
    }

    /** The style sheet of every page. */
    public static String style() {
        try (InputStream css = Page.class.getResourceAsStream("page.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException cause) {
            throw new UncheckedIOException("reading page.css from the jar", cause);
        }
    }
}
