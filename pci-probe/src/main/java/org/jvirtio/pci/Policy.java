package org.jvirtio.pci;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which layouts may be chosen, in which order, and what happens to one that is present but
 * unusable.
 *
 * @param strictness how much is borne with
 */
public record Policy(Order order, Strictness strictness) {

    /** The default: virtio 1.x, then the register sets, then legacy; broken refuses. */
    public static final Policy AUTO = of(Order.AUTO);

    /** What is borne with. */
    public enum Strictness {
        /** A layout that is present but unusable is noted, and the next one is tried. */
        LENIENT,
        /** A layout that is present but unusable ends the choice with an error. */
        ORDINARY,
        /** So does one that could be driven, but of which something had to be noted. */
        STRICT
    }

    /** What may be chosen. */
    public enum Order {
        AUTO(LayoutKind.VIRTIO1, LayoutKind.REGISTER_SET, LayoutKind.LEGACY),
        LEGACY(LayoutKind.LEGACY),
        REGISTER_SET(LayoutKind.REGISTER_SET),
        VIRTIO1(LayoutKind.VIRTIO1),
        PCI_CFG(LayoutKind.VIRTIO1_THROUGH_PCI_CFG),
        LEGACY_FIRST(LayoutKind.LEGACY, LayoutKind.VIRTIO1, LayoutKind.REGISTER_SET);

        @SuppressWarnings("ImmutableEnumChecker") // List.of is as immutable as it gets
        private final List<LayoutKind> permitted;

        Order(LayoutKind... permitted) {
            this.permitted = List.of(permitted);
        }

        /** The layouts that may be chosen, in the order they are tried. */
        public List<LayoutKind> permitted() {
            return permitted;
        }

        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** With this order, bearing with nothing that is broken. */
    public static Policy of(Order order) {
        return new Policy(order, Strictness.ORDINARY);
    }

    /**
     * Reads {@code auto}, {@code legacy}, ..., each optionally followed by {@code ,lenient} or
     * {@code ,strict}.
     */
    public static Policy parse(String text) {
        String[] parts = text.split(",", 2);
        Strictness strictness = parts.length == 2 ? strictness(parts[1]) : Strictness.ORDINARY;
        return Arrays.stream(Order.values())
                .filter(order -> order.label().equals(parts[0]))
                .findFirst()
                .map(order -> new Policy(order, strictness))
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "'" + parts[0] + "' is no policy; there are " + labels()));
    }

    /** True if a layout that is present but unusable does not end the choice. */
    public boolean lenient() {
        return strictness == Strictness.LENIENT;
    }

    /** True if a layout is refused for what would otherwise only be noted. */
    public boolean strict() {
        return strictness == Strictness.STRICT;
    }

    /** The one that bears with the next more. */
    Policy milder() {
        return new Policy(order, strict() ? Strictness.ORDINARY : Strictness.LENIENT);
    }

    private static Strictness strictness(String word) {
        return switch (word) {
            case "lenient" -> Strictness.LENIENT;
            case "strict" -> Strictness.STRICT;
            default ->
                    throw new IllegalArgumentException(
                            "'" + word + "' is neither strict nor lenient");
        };
    }

    private static String labels() {
        return Arrays.stream(Order.values()).map(Order::label).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return switch (strictness) {
            case LENIENT -> order.label() + ",lenient";
            case ORDINARY -> order.label();
            case STRICT -> order.label() + ",strict";
        };
    }
}
