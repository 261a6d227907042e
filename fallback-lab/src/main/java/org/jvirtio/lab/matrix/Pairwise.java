package org.jvirtio.lab.matrix;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reduces cells to a few that still have every pair of values some cell has: most faults of a
 * combination are faults of two. The same cells give the same few.
 */
public final class Pairwise {

    private final Map<List<Object>, Integer> numbers = new HashMap<>();

    private Pairwise() {}

    /** Some of {@code cells}, in their order. */
    public static List<CellCase> of(List<CellCase> cells) {
        return new Pairwise().reduce(cells);
    }

    private List<CellCase> reduce(List<CellCase> cells) {
        List<BitSet> pairs = cells.stream().map(cell -> pairs(cell.cell().values())).toList();
        BitSet missing = new BitSet();
        pairs.forEach(missing::or);
        BitSet taken = new BitSet();
        while (!missing.isEmpty()) {
            int best = best(pairs, missing);
            taken.set(best);
            missing.andNot(pairs.get(best));
        }
        List<CellCase> few = new ArrayList<>();
        taken.stream().forEach(index -> few.add(cells.get(index)));
        return few;
    }

    /** The first cell with the most pairs that are missing. */
    private static int best(List<BitSet> pairs, BitSet missing) {
        int best = 0;
        int most = 0;
        for (int i = 0; i < pairs.size(); i++) {
            BitSet gain = (BitSet) pairs.get(i).clone();
            gain.and(missing);
            if (gain.cardinality() > most) {
                most = gain.cardinality();
                best = i;
            }
        }
        return best;
    }

    private BitSet pairs(List<Object> values) {
        BitSet pairs = new BitSet();
        for (int i = 0; i < values.size(); i++) {
            for (int j = i + 1; j < values.size(); j++) {
                List<Object> pair = List.of(i, values.get(i), j, values.get(j));
                pairs.set(numbers.computeIfAbsent(pair, some -> numbers.size()));
            }
        }
        return pairs;
    }
}
