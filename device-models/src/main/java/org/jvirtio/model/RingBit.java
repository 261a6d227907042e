package org.jvirtio.model;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The feature bits that every model offers or may offer (virtio 1.4 sections 6 and 6.3). */
enum RingBit {
    /** Legacy only: framing is free although VERSION_1 cannot be said. */
    ANY_LAYOUT(27),
    INDIRECT_DESC(28),
    EVENT_IDX(29),
    VERSION_1(32),
    ACCESS_PLATFORM(33),
    RING_PACKED(34),
    IN_ORDER(35),
    NOTIFICATION_DATA(38),
    NOTIF_CONFIG_DATA(39),
    RING_RESET(40);

    /** Those that are offered only if somebody says so. */
    static final Set<RingBit> OPTIONAL =
            EnumSet.of(RING_PACKED, IN_ORDER, NOTIFICATION_DATA, NOTIF_CONFIG_DATA, RING_RESET);

    /** Features 0 to 31 are all that the legacy interface can carry (section 4.1.4.10). */
    static final int LEGACY_BITS = 32;

    final int bit;

    RingBit(int bit) {
        this.bit = bit;
    }

    /** What people type after {@code offer=}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The bits of names joined by +, or of {@code all}. */
    static int[] parse(String text) {
        if (text.equals("all")) {
            return OPTIONAL.stream().mapToInt(feature -> feature.bit).toArray();
        }
        return Stream.of(text.split("\\+")).mapToInt(RingBit::bitOf).toArray();
    }

    private static int bitOf(String label) {
        return OPTIONAL.stream()
                .filter(feature -> feature.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        String.format(
                                                "setting offer=%s: there is no such ring feature."
                                                        + " Join some of %s by +, or use all.",
                                                label,
                                                OPTIONAL.stream()
                                                        .map(RingBit::label)
                                                        .collect(Collectors.joining(", ")))))
                .bit;
    }
}
