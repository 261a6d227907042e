package org.jvirtio.cli.bench.net;

import java.util.ArrayList;
import java.util.List;

/**
 * One thing that is measured.
 *
 * @param bytes of a frame with its Ethernet header and without its check sequence, which a virtio
 *     device does not see
 * @param batch the most frames that are offered or harvested together
 */
public record NetCell(int bytes, int batch) {

    /** The smallest frame that peers are usually measured with, and the longest of Ethernet. */
    private static final int[] SIZES = {64, 1518};

    private static final int[] BATCHES = {1, 8, 32, 256};

    /** In the order they are measured and printed. */
    public static List<NetCell> all() {
        List<NetCell> all = new ArrayList<>();
        for (int bytes : SIZES) {
            for (int batch : BATCHES) {
                all.add(new NetCell(bytes, batch));
            }
        }
        return all;
    }

    /** {@code 64-b32}. */
    public String name() {
        return bytes + "-b" + batch;
    }

    static NetCell parse(String name) {
        return all().stream()
                .filter(cell -> cell.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "selecting what to measure: there is no '"
                                                + name
                                                + "'. There are "
                                                + all().stream().map(NetCell::name).toList()));
    }
}
