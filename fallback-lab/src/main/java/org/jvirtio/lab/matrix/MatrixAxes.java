package org.jvirtio.lab.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jvirtio.pci.Policy;

/** The values of each axis that a matrix is made of. */
public record MatrixAxes(
        List<Shown> layouts,
        List<Policy> policies,
        List<CellInterrupts> interrupts,
        List<CellRing> rings,
        List<RingFeatures> features,
        List<CellDevice> devices) {

    private static final List<Policy.Strictness> STRICTNESS =
            List.of(
                    Policy.Strictness.ORDINARY,
                    Policy.Strictness.LENIENT,
                    Policy.Strictness.STRICT);

    /** Every value there is. */
    public static final MatrixAxes ALL =
            new MatrixAxes(
                    List.of(ShownLayout.values()),
                    everyPolicy(),
                    List.of(CellInterrupts.values()),
                    List.of(CellRing.values()),
                    List.of(RingFeatures.values()),
                    List.of(CellDevice.values()));

    public MatrixAxes {
        layouts = List.copyOf(layouts);
        policies = List.copyOf(policies);
        interrupts = List.copyOf(interrupts);
        rings = List.copyOf(rings);
        features = List.copyOf(features);
        devices = List.copyOf(devices);
    }

    private static List<Policy> everyPolicy() {
        List<Policy> policies = new ArrayList<>();
        for (Policy.Order order : Policy.Order.values()) {
            for (Policy.Strictness strictness : STRICTNESS) {
                policies.add(new Policy(order, strictness));
            }
        }
        return policies;
    }

    /** The same cells of one function: what it shows, and what it is. */
    public MatrixAxes of(Shown shown, CellDevice device) {
        return new MatrixAxes(
                List.of(shown), policies, interrupts, rings, features, List.of(device));
    }

    /** The same without policies that are lenient or strict. */
    public MatrixAxes withOrdinaryPolicies() {
        return new MatrixAxes(
                layouts,
                policies.stream()
                        .filter(some -> some.strictness() == Policy.Strictness.ORDINARY)
                        .toList(),
                interrupts,
                rings,
                features,
                devices);
    }

    /**
     * Some of {@code all}, by the words people type; all of them for no word.
     *
     * @throws IllegalArgumentException if a word is none of theirs
     */
    public static <T> List<T> named(
            String axis, List<T> all, Function<T, String> label, List<String> words) {
        for (String word : words) {
            if (all.stream().noneMatch(value -> label.apply(value).equals(word))) {
                throw new IllegalArgumentException(
                        String.format(
                                "choosing %s: there is no '%s'. Use %s.",
                                axis,
                                word,
                                all.stream().map(label).collect(Collectors.joining(", "))));
            }
        }
        return words.isEmpty()
                ? all
                : all.stream().filter(value -> words.contains(label.apply(value))).toList();
    }
}
