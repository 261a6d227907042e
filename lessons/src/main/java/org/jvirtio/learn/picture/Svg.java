package org.jvirtio.learn.picture;

import java.util.Locale;

/** One SVG element as it grows. Its words are escaped; its colours are classes of the page. */
final class Svg {

    private final StringBuilder body = new StringBuilder();
    private final String title;
    private double width;
    private double height;

    /** Begins a picture; {@code title} is read to those who cannot see it. */
    Svg(String title) {
        this.title = title;
    }

    Svg box(String style, double x, double y, double w, double h) {
        body.append(
                String.format(
                        Locale.ROOT,
                        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                        style,
                        x,
                        y,
                        w,
                        h));
        return reach(x + w, y + h);
    }

    Svg words(String style, double x, double y, String words) {
        body.append(
                String.format(
                        Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", style, x, y));
        body.append(escaped(words)).append("</text>");
        return reach(x + 7.5 * words.length(), y + 6);
    }

    /** A line with a head at its end. */
    Svg arrow(double x1, double y1, double x2, double y2) {
        body.append(
                String.format(
                        Locale.ROOT,
                        "<path class=\"arrow\" d=\"M%.1f %.1fL%.1f %.1fm-4 -6l4 6l4 -6\"/>",
                        x1,
                        y1,
                        x2,
                        y2));
        return reach(Math.max(x1, x2), Math.max(y1, y2));
    }

    Svg circle(String style, double x, double y, double radius) {
        body.append(
                String.format(
                        Locale.ROOT,
                        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>",
                        style,
                        x,
                        y,
                        radius));
        return reach(x + radius, y + radius);
    }

    private Svg reach(double x, double y) {
        width = Math.max(width, x);
        height = Math.max(height, y);
        return this;
    }

    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        "<svg viewBox=\"0 0 %.0f %.0f\" style=\"max-width:%.0fpx\" role=\"img\">",
                        width + 4,
                        height + 4,
                        width + 4)
                + "<title>"
                + escaped(title)
                + "</title>"
                + body
                + "</svg>";
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
