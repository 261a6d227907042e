package org.jvirtio.lab.report;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * One of several equal parts of all cases, for as many runners.
 *
 * <p>An id is in the same part wherever it stands and whatever else there is: its checksum decides.
 *
 * @param index of this part, from 1
 * @param count of all parts
 */
public record Shard(int index, int count) {

    /** All there is. */
    public static final Shard WHOLE = new Shard(1, 1);

    public Shard {
        if (count < 1 || index < 1 || index > count) {
            throw new IllegalArgumentException(
                    String.format(
                            "choosing part %d of %d: there is none. Write 1/4, 2/4, 3/4 or 4/4.",
                            index, count));
        }
    }

    /**
     * Reads {@code 2/4}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Shard parse(String text) {
        String[] parts = text.split("/", 2);
        try {
            return new Shard(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "choosing a part of the cases: '"
                            + text
                            + "' is not two numbers. Write 1/4 for the first of four.",
                    e);
        }
    }

    public boolean has(String id) {
        CRC32 sum = new CRC32();
        sum.update(id.getBytes(StandardCharsets.UTF_8));
        return sum.getValue() % count == index - 1;
    }
}
