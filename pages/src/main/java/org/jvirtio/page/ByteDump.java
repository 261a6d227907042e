package org.jvirtio.page;

import java.util.List;
import java.util.Objects;
import java.util.function.IntUnaryOperator;

/**
 * Bytes in rows of sixteen, each structure in a colour of its own, with a legend; a field that is
 * pointed at or reached by the Tab key is told in a strip at the lower edge of the window. After
 * the first 256 bytes, rows of zeros that belong to nothing are left out.
 *
 * <p>Where structures share bytes, the last of them has them.
 */
public final class ByteDump {

    private static final int ROW = 16;

    /** So much is looked at as a whole; behind it there may be kilobytes of nothing. */
    private static final int ALWAYS_SHOWN = 256;

    private static final int NOBODY = -1;

    private final int length;
    private final IntUnaryOperator bytes;
    private final List<ByteGroup> groups;

    /**
     * Describes a dump.
     *
     * @param bytes the byte at an offset, 0 to 255; negative where it was not read
     * @param groups the first has the neutral colour
     */
    public ByteDump(int length, IntUnaryOperator bytes, List<ByteGroup> groups) {
        this.length = length;
        this.bytes = bytes;
        this.groups = List.copyOf(groups);
    }

    public void write(Markup page) {
        legend(page);
        page.open("div", "class", "dump", "role", "group", "aria-label", "bytes by field");
        for (int row = 0; row < length; row += ROW) {
            if (isShown(row)) {
                row(page, row);
            }
        }
        page.close();
    }

    private void legend(Markup page) {
        page.open("ul", "class", "legend");
        for (int i = 0; i < groups.size(); i++) {
            ByteGroup group = groups.get(i);
            int last = group.begin() + group.length() - 1;
            page.element(
                    "li",
                    String.format("%02x-%02x %s", group.begin(), last, group.label()),
                    "class",
                    ByteGroup.colour(i));
        }
        page.close();
    }

    private boolean isShown(int row) {
        if (row < ALWAYS_SHOWN) {
            return true;
        }
        for (int offset = row; offset < Math.min(row + ROW, length); offset++) {
            if (group(offset) != NOBODY || bytes.applyAsInt(offset) != 0) {
                return true;
            }
        }
        return false;
    }

    private void row(Markup page, int row) {
        page.open("div").inline("span", String.format("%03x", row), "class", "at");
        int end = Math.min(row + ROW, length);
        for (int offset = row; offset < end; ) {
            int next = offset + 1;
            while (next < end && isSame(offset, next)) {
                next++;
            }
            page.text(" ");
            cell(page, offset, next);
            offset = next;
        }
        page.close();
    }

    private boolean isSame(int offset, int next) {
        int group = group(offset);
        return group == group(next)
                && (group == NOBODY || Objects.equals(field(group, offset), field(group, next)));
    }

    private void cell(Markup page, int begin, int end) {
        int group = group(begin);
        if (group == NOBODY) {
            page.inline("span", digits(begin, end));
            return;
        }
        page.open("span", "class", "field " + ByteGroup.colour(group), "tabindex", "0");
        page.text(digits(begin, end)).open("span", "class", "detail");
        detail(page, groups.get(group), field(group, begin), begin, end);
        page.end().end();
    }

    private void detail(Markup page, ByteGroup group, ByteField field, int begin, int end) {
        if (field == null) {
            page.inline("b", group.label());
            page.text(String.format(", bytes %02x to %02x, which have no name", begin, end - 1));
            return;
        }
        page.inline("b", field.name()).text(": " + field.meaning());
        page.open("span", "class", "where");
        page.text(
                String.format(
                        "%s +0x%x, %s", group.label(), begin - group.begin(), field.source()));
        page.end();
    }

    private String digits(int begin, int end) {
        StringBuilder digits = new StringBuilder();
        for (int offset = begin; offset < end; offset++) {
            int value = bytes.applyAsInt(offset);
            digits.append(offset == begin ? "" : " ");
            digits.append(value < 0 ? "--" : String.format("%02x", value));
        }
        return digits.toString();
    }

    private int group(int offset) {
        for (int i = groups.size() - 1; i >= 0; i--) {
            if (groups.get(i).holds(offset)) {
                return i;
            }
        }
        return NOBODY;
    }

    /** Null where the structure has no name for a byte. */
    private ByteField field(int group, int offset) {
        return groups.get(group).fields().stream()
                .filter(field -> field.holds(offset))
                .reduce((first, second) -> second)
                .orElse(null);
    }
}
