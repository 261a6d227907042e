package org.jvirtio.cli.bench.block;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which part of the product of disks, ways of waiting, loads and peers is measured: words such as
 * {@code null,1.x,poll,d1,d32}. Words of one axis are alternatives; an axis without a word is
 * measured as usual.
 */
public final class Selection {

    private static final List<String> ORDERS = List.of("random", "sequential");

    private final Set<String> words;

    private Selection(Set<String> words) {
        this.words = words;
    }

    /**
     * Reads words separated by commas; empty selects the usual.
     *
     * @throws IllegalArgumentException for a word that means nothing, with those that do
     */
    public static Selection parse(String text) {
        Set<String> words = new LinkedHashSet<>(Arrays.asList(text.split(",")));
        words.remove("");
        List<String> known = vocabulary();
        for (String word : words) {
            if (!known.contains(word)) {
                throw new IllegalArgumentException(
                        "selecting what to measure: there is no '"
                                + word
                                + "'. The words are "
                                + String.join(", ", known));
            }
        }
        return new Selection(words);
    }

    /** Every word there is. */
    public static List<String> vocabulary() {
        Set<String> all = new LinkedHashSet<>();
        for (BlockDisk disk : BlockDisk.values()) {
            all.add(disk.backend());
        }
        for (BlockDisk disk : BlockDisk.values()) {
            all.add(disk.layout());
        }
        for (Waiting waiting : Waiting.values()) {
            all.add(waiting.label());
        }
        all.addAll(axis(Load::direction));
        all.addAll(axis(Load::order));
        all.addAll(axis(Load::size));
        all.addAll(axis(Selection::depth));
        for (Peer peer : Peer.values()) {
            all.add(peer.word());
        }
        return new ArrayList<>(all);
    }

    List<BlockDisk> disks() {
        List<String> backends = Stream.of(BlockDisk.values()).map(BlockDisk::backend).toList();
        List<String> layouts = Stream.of(BlockDisk.values()).map(BlockDisk::layout).toList();
        boolean named = layouts.stream().anyMatch(words::contains);
        return Stream.of(BlockDisk.values())
                .filter(disk -> takes(disk.backend(), backends) && takes(disk.layout(), layouts))
                .filter(disk -> disk.isUsual() || named)
                .toList();
    }

    List<Waiting> waitings() {
        List<String> axis = Stream.of(Waiting.values()).map(Waiting::label).toList();
        return Stream.of(Waiting.values()).filter(one -> takes(one.label(), axis)).toList();
    }

    List<Load> loads() {
        return Load.all().stream()
                .filter(load -> takes(load.direction(), axis(Load::direction)))
                .filter(load -> takes(load.order(), ORDERS))
                .filter(load -> takes(load.size(), axis(Load::size)))
                .filter(load -> takes(depth(load), axis(Selection::depth)))
                .toList();
    }

    List<Peer> peers() {
        List<String> axis = Stream.of(Peer.values()).map(Peer::word).toList();
        return Stream.of(Peer.values()).filter(peer -> takes(peer.word(), axis)).toList();
    }

    /** As {@link #parse} takes it. */
    @Override
    public String toString() {
        return String.join(",", words);
    }

    private boolean takes(String word, List<String> axis) {
        return words.contains(word) || axis.stream().noneMatch(words::contains);
    }

    private static String depth(Load load) {
        return "d" + load.depth();
    }

    private static List<String> axis(java.util.function.Function<Load, String> word) {
        return Load.all().stream().map(word).distinct().toList();
    }
}
