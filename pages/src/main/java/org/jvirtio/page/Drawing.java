package org.jvirtio.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * SVG with parts that tell more of themselves: whoever points at a part, or comes to it by the Tab
 * key, reads its detail in a strip below the picture. Done by the style sheet alone.
 *
 * <pre>
 *   +---------------------------+
 *   |  rectangles, lines, ...   |
 *   |---------------------------|
 *   |  detail of one part       |
 *   +---------------------------+
 * </pre>
 *
 * <p>Everything is counted in units that are pixels where there is room for {@link #WIDTH} of them.
 */
public final class Drawing {

    public static final int WIDTH = 960;

    private static final int LETTERS_A_LINE = 124;
    private static final int LINE = 18;
    private static final int MOST_LINES = 6;
    private static final int PADDING = 10;

    private final Markup svg = new Markup();
    private final String label;
    private final int height;
    private int detailLines = 1;

    /**
     * Begins a picture.
     *
     * @param label what it shows, for those who do not see it
     * @param height without the details
     */
    public Drawing(String label, int height) {
        this.label = label;
        this.height = height;
    }

    public void rectangle(String kind, double x, double y, double width, double height) {
        svg.open(
                        "rect",
                        "class",
                        kind,
                        "x",
                        number(x),
                        "y",
                        number(y),
                        "width",
                        number(width),
                        "height",
                        number(height))
                .end();
    }

    public void line(String kind, double fromX, double fromY, double toX, double toY) {
        svg.open(
                        "line",
                        "class",
                        kind,
                        "x1",
                        number(fromX),
                        "y1",
                        number(fromY),
                        "x2",
                        number(toX),
                        "y2",
                        number(toY))
                .end();
    }

    /** A shape of any kind, in the words of SVG. */
    public void path(String kind, String shape) {
        svg.open("path", "class", kind, "d", shape).end();
    }

    public void circle(String kind, double x, double y, double radius) {
        svg.open("circle", "class", kind, "cx", number(x), "cy", number(y), "r", number(radius))
                .end();
    }

    public void text(String kind, double x, double y, String words) {
        svg.inline("text", words, "class", kind, "x", number(x), "y", number(y));
    }

    /** A part of the picture that has a detail; {@code shape} draws it. */
    public void part(String detail, Runnable shape) {
        svg.open("g", "class", "part", "tabindex", "0", "role", "img", "aria-label", detail);
        shape.run();
        detail(detail);
        svg.close();
    }

    private void detail(String words) {
        List<String> lines = wrapped(words, LETTERS_A_LINE, MOST_LINES);
        detailLines = Math.max(detailLines, lines.size());
        svg.open("g", "class", "detail");
        for (int i = 0; i < lines.size(); i++) {
            text("words", PADDING, height + PADDING + LINE * (i + 1) - 4, lines.get(i));
        }
        svg.end();
    }

    /** Puts the picture into a page. */
    public void into(Markup page) {
        int strip = detailLines * LINE + 2 * PADDING;
        String box = "0 0 " + WIDTH + " " + (height + strip);
        page.open("div", "class", "picture");
        page.open("svg", "viewBox", box, "role", "group", "aria-label", label);
        Markup below = new Markup();
        below.open(
                        "rect",
                        "class",
                        "strip",
                        "x",
                        "0",
                        "y",
                        number(height),
                        "width",
                        number(WIDTH),
                        "height",
                        number(strip))
                .end();
        below.inline(
                "text",
                "Point at a part, or go to it with the Tab key: what it is stands here.",
                "class",
                "hint",
                "x",
                number(PADDING),
                "y",
                number(height + PADDING + LINE - 4));
        page.append(below).append(svg).close().close();
    }

    /** Lines of at most {@code letters}; what does not fit into {@code most} lines ends in dots. */
    static List<String> wrapped(String words, int letters, int most) {
        List<String> lines = new ArrayList<>();
        String rest = Visible.line(words).strip();
        while (rest.length() > letters && lines.size() < most - 1) {
            int space = rest.lastIndexOf(' ', letters);
            int end = space > 0 ? space : letters;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).strip();
        }
        lines.add(rest.length() > letters ? rest.substring(0, letters - 1) + "…" : rest);
        return lines;
    }

    /** Tenths, with a full stop wherever people write a comma. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "");
    }
}
