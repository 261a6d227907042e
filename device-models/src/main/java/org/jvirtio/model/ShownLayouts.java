package org.jvirtio.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which layouts a function shows, and where it puts the register sets if it has them.
 *
 * @param name what people type: {@code transitional}, {@code legacy+register-set}
 */
record ShownLayouts(String name, Set<LayoutKind> kinds, RegisterSetPlacement placement) {

    private static final String TRANSITIONAL = "transitional";

    static final List<String> NAMES =
            List.of(
                    "legacy",
                    "register-set",
                    "virtio1",
                    TRANSITIONAL,
                    "mail-transitional",
                    "mail-fast-isr",
                    "mail-slow-isr");

    ShownLayouts {
        kinds = Set.copyOf(kinds);
    }

    boolean has(LayoutKind kind) {
        return kinds.contains(kind);
    }

    /** Reads one name, or several joined by {@code +}. */
    static ShownLayouts parse(String name) {
        Set<LayoutKind> kinds = EnumSet.noneOf(LayoutKind.class);
        RegisterSetPlacement mail = null;
        for (String part : name.split("\\+", -1)) {
            switch (part) {
                case "legacy" -> kinds.add(LayoutKind.LEGACY);
                case "register-set" -> kinds.add(LayoutKind.REGISTER_SET);
                case "virtio1" -> kinds.add(LayoutKind.VIRTIO1);
                case TRANSITIONAL -> kinds.addAll(Set.of(LayoutKind.LEGACY, LayoutKind.VIRTIO1));
                case "mail-transitional" -> {
                    kinds.addAll(Set.of(LayoutKind.LEGACY, LayoutKind.REGISTER_SET));
                }
                case "mail-fast-isr" -> mail = RegisterSetPlacement.MAIL_FAST_ISR;
                case "mail-slow-isr" -> mail = RegisterSetPlacement.MAIL_SLOW_ISR;
                default -> throw unknown(name, part);
            }
        }
        return new ShownLayouts(name, withSets(kinds, mail), place(name, kinds, mail));
    }

    private static Set<LayoutKind> withSets(Set<LayoutKind> kinds, RegisterSetPlacement mail) {
        if (mail != null) {
            kinds.add(LayoutKind.REGISTER_SET);
        }
        return kinds;
    }

    private static RegisterSetPlacement place(
            String name, Set<LayoutKind> kinds, RegisterSetPlacement mail) {
        boolean legacy = kinds.contains(LayoutKind.LEGACY);
        if (mail != null && legacy) {
            throw new IllegalArgumentException(
                    "choosing layouts: '"
                            + name
                            + "' wants the legacy layout and "
                            + mail
                            + ", which both need BAR0. Use legacy+register-set.");
        }
        if (mail != null) {
            return mail;
        }
        return legacy ? RegisterSetPlacement.MAIL_TRANSITIONAL : RegisterSetPlacement.ONE_BAR;
    }

    private static IllegalArgumentException unknown(String name, String part) {
        return new IllegalArgumentException(
                "choosing layouts: '"
                        + part
                        + "' in 'layout="
                        + name
                        + "' is no layout. Use one of "
                        + String.join(", ", NAMES)
                        + ", or several joined by +.");
    }
}
