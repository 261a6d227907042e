package org.jvirtio.cli.bench.report;

/** Text as it may stand in HTML and SVG, between tags and in attributes. */
final class Html {

    private Html() {}

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
