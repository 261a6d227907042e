package org.jvirtio.page;

import java.util.List;

/**
 * Bytes that lead to other bytes: each link with an arrow from the byte that says where the next
 * one is.
 *
 * <pre>
 *   0x34  [40]             the first capability
 *          |
 *          v
 *   0x40  [09 54 14 01]    COMMON_CFG
 *              |
 *          .---'
 *          v
 *         the end
 * </pre>
 */
public final class ChainPicture {

    private static final int LEFT = 90;
    private static final int ROW = 52;
    private static final int BOX = 28;
    private static final int PADDING = 10;
    private static final double LETTER = 7.85;

    private final String title;
    private final List<ChainLink> links;
    private final String end;
    private final double width;

    /**
     * Describes a picture.
     *
     * @param end what stands behind the last link
     */
    public ChainPicture(String title, List<ChainLink> links, String end) {
        this.title = title;
        this.links = List.copyOf(links);
        this.end = end;
        int letters = links.stream().mapToInt(link -> link.bytes().length()).max().orElse(0);
        width = LETTER * letters + 2 * PADDING;
    }

    public void write(Markup page) {
        Drawing drawing = new Drawing(title, ROW * links.size() + BOX);
        for (int i = 0; i < links.size(); i++) {
            link(drawing, links.get(i), ROW * i);
        }
        drawing.text("label", LEFT, ROW * links.size() + baseline(), end);
        drawing.into(page);
    }

    private void link(Drawing drawing, ChainLink link, int y) {
        drawing.part(
                link.toString(),
                () -> {
                    drawing.rectangle("box", LEFT, y + 1, width, BOX);
                    drawing.text("mono", 0, y + baseline(), link.place());
                    drawing.text("mono", LEFT + PADDING, y + baseline(), link.bytes());
                    drawing.text("label", LEFT + width + 14, y + baseline(), link.words());
                });
        double from = LEFT + PADDING + LETTER * (link.pointer() + 1);
        drawing.path("arrow", arrow(from, y + BOX + 1, LEFT + PADDING + LETTER, y + ROW));
    }

    private static int baseline() {
        return BOX / 2 + 6;
    }

    /** Down, across where the next link is not right below, and down again to a head. */
    private static String arrow(double fromX, double fromY, double toX, double toY) {
        String middle = Drawing.number((fromY + toY) / 2);
        String to = Drawing.number(toX);
        return "M"
                + Drawing.number(fromX)
                + " "
                + Drawing.number(fromY)
                + "V"
                + middle
                + "H"
                + to
                + "V"
                + Drawing.number(toY)
                + "m-4 -6l4 6l4 -6";
    }
}
