package org.jvirtio.cli.bench.block;

import java.util.ArrayList;
import java.util.List;

/**
 * What is asked of a disk: requests of one kind and size, so many in flight at every moment.
 *
 * @param random places: anywhere, or one after the other
 */
record Load(boolean write, boolean random, int bytes, int depth) {

    private static final int SMALL = 4096;
    private static final int LARGE = 128 * 1024;

    /** In the order they are measured and printed. */
    static List<Load> all() {
        List<Load> all = new ArrayList<>();
        for (boolean write : new boolean[] {false, true}) {
            for (int depth : new int[] {1, 32, 128}) {
                all.add(new Load(write, true, SMALL, depth));
            }
        }
        all.add(new Load(false, false, LARGE, 32));
        all.add(new Load(true, false, LARGE, 32));
        return all;
    }

    /** {@code read} or {@code write}. */
    String direction() {
        return write ? "write" : "read";
    }

    /** {@code 4k} or {@code 128k}. */
    String size() {
        return bytes / 1024 + "k";
    }

    String order() {
        return random ? "random" : "sequential";
    }

    /** {@code 4k random read}. */
    String kind() {
        return size() + " " + order() + " " + direction();
    }

    /** {@code 4k-random-read-d32}, a name that any program takes. */
    String name() {
        return kind().replace(' ', '-') + "-d" + depth;
    }
}
