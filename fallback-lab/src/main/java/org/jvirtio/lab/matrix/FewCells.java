package org.jvirtio.lab.matrix;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reduces cells to a few that still have every pair, or every triple, of values that some cell has:
 * most faults of a combination are faults of two or three. The same cells give the same few.
 */
public final class FewCells {

    private final int strength;
    private final Map<List<Object>, Integer> numbers = new HashMap<>();

    private FewCells(int strength) {
        this.strength = strength;
    }

    /**
     * Some of {@code cells}, in their order.
     *
     * @param strength 2 for pairs, 3 for triples
     */
    public static List<CellCase> of(List<CellCase> cells, int strength) {
        return new FewCells(strength).reduce(cells);
    }

    private List<CellCase> reduce(List<CellCase> cells) {
        List<BitSet> tuples = cells.stream().map(cell -> tuples(cell.cell().values())).toList();
        BitSet missing = new BitSet();
        tuples.forEach(missing::or);
        BitSet taken = new BitSet();
        while (!missing.isEmpty()) {
            int best = best(tuples, missing);
            taken.set(best);
            missing.andNot(tuples.get(best));
        }
        List<CellCase> few = new ArrayList<>();
        taken.stream().forEach(index -> few.add(cells.get(index)));
        return few;
    }

    /** The first cell with the most tuples that are missing. */
    private static int best(List<BitSet> tuples, BitSet missing) {
        int best = 0;
        int most = 0;
        for (int i = 0; i < tuples.size(); i++) {
            BitSet gain = (BitSet) missing.clone();
            gain.and(tuples.get(i));
            if (gain.cardinality() > most) {
                most = gain.cardinality();
                best = i;
            }
        }
        return best;
    }

    private BitSet tuples(List<Object> values) {
        BitSet tuples = new BitSet();
        addTuples(values, 0, List.of(), tuples);
        return tuples;
    }

    /** Numbers every way to add values from axis {@code from} on to {@code begun}. */
    private void addTuples(List<Object> values, int from, List<Object> begun, BitSet tuples) {
        if (begun.size() == 2 * strength) {
            tuples.set(numbers.computeIfAbsent(begun, some -> numbers.size()));
            return;
        }
        for (int axis = from; axis < values.size(); axis++) {
            List<Object> more = new ArrayList<>(begun);
            more.add(axis);
            more.add(values.get(axis));
            addTuples(values, axis + 1, more, tuples);
        }
    }
}
