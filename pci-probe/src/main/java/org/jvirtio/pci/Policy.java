package org.jvirtio.pci;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which layouts may be chosen, in which order, and what happens to one that is present but
 * unusable.
 *
 * @param lenient false: a layout that is present but unusable ends the choice with an error; true:
 *     it is noted and the next layout is tried
 */
public record Policy(Order order, boolean lenient) {

    /** The default: virtio 1.x, then the register sets, then legacy; broken refuses. */
    public static final Policy AUTO = new Policy(Order.AUTO, false);

    /** What may be chosen. */
    public enum Order {
        AUTO,
        LEGACY,
        REGISTER_SET,
        VIRTIO1,
        PCI_CFG,
        LEGACY_FIRST;

        /** The layouts that may be chosen, in the order they are tried. */
        public List<LayoutKind> permitted() {
            return switch (this) {
                case AUTO ->
                        List.of(LayoutKind.VIRTIO1, LayoutKind.REGISTER_SET, LayoutKind.LEGACY);
                case LEGACY -> List.of(LayoutKind.LEGACY);
                case REGISTER_SET -> List.of(LayoutKind.REGISTER_SET);
                case VIRTIO1 -> List.of(LayoutKind.VIRTIO1);
                case PCI_CFG -> List.of(LayoutKind.VIRTIO1_THROUGH_PCI_CFG);
                case LEGACY_FIRST ->
                        List.of(LayoutKind.LEGACY, LayoutKind.VIRTIO1, LayoutKind.REGISTER_SET);
            };
        }

        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Reads {@code auto}, {@code legacy}, ..., each optionally followed by {@code ,lenient}. */
    public static Policy parse(String text) {
        String[] parts = text.split(",", 2);
        boolean lenient = parts.length == 2 && parts[1].equals("lenient");
        if (parts.length == 2 && !lenient && !parts[1].equals("strict")) {
            throw new IllegalArgumentException("'" + parts[1] + "' is neither strict nor lenient");
        }
        return Arrays.stream(Order.values())
                .filter(order -> order.label().equals(parts[0]))
                .findFirst()
                .map(order -> new Policy(order, lenient))
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "'" + parts[0] + "' is no policy; there are " + labels()));
    }

    private static String labels() {
        return Arrays.stream(Order.values()).map(Order::label).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return order.label() + (lenient ? ",lenient" : "");
    }
}
