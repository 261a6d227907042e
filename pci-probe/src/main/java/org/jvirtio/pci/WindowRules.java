package org.jvirtio.pci;

import java.util.Optional;

/** The rules that make a {@link Window} of numbers that a device gave. */
final class WindowRules {

    static final String NO_SIZES = "a dump has no BAR sizes";

    private static final String INSIDE = "it lies inside the BAR";
    private static final String SOURCE = "virtio 1.4 section 4.1.4";

    private WindowRules() {}

    static boolean implemented(Checks checks, FunctionFacts facts, int index) {
        Optional<Bar> bar = facts.bar(index);
        return checks.require(
                bar.isPresent(),
                "the BAR is implemented",
                SOURCE,
                bar.isPresent() ? Words.of(bar.get()) : facts.missingBar(index));
    }

    /** By subtraction, since the sum of an offset and a length may wrap. */
    static boolean inside(Checks checks, Bar bar, long offset, long length) {
        if (!bar.lengthKnown()) {
            return checks.unchecked(INSIDE, SOURCE, Words.of(NO_SIZES));
        }
        return checks.require(
                offset <= bar.length() && length <= bar.length() - offset,
                INSIDE,
                SOURCE,
                Words.of(
                        HexNumber.of(length),
                        " bytes at offset ",
                        HexNumber.of(offset),
                        " of BAR ",
                        bar.index(),
                        ", which has ",
                        HexNumber.of(bar.length()),
                        " bytes"));
    }
}
