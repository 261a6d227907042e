package org.jvirtio.cli.bench.report;

/** Text as it may stand in HTML and SVG, between tags and in attributes. */
public final class Html {

    private Html() {}

    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
