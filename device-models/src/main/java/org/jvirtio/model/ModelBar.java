package org.jvirtio.model;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.pci.Bar;

/** One BAR and the register banks that lie in it; the rest reads zero and ignores writes. */
final class ModelBar {

    private record Placement(long offset, long length, RegisterBank bank) {

        boolean holds(long at, int width) {
            return at >= offset && at - offset <= length - width;
        }
    }

    private final Bar bar;
    private final List<Placement> placements = new ArrayList<>();

    ModelBar(Bar bar) {
        this.bar = bar;
    }

    Bar bar() {
        return bar;
    }

    /** Puts a bank at an offset; where two overlap, the one that was put first answers. */
    ModelBar put(long offset, long length, RegisterBank bank) {
        placements.add(new Placement(offset, length, bank));
        return this;
    }

    int read(long offset, int width) {
        for (Placement placement : placements) {
            if (placement.holds(offset, width)) {
                return placement.bank().read((int) (offset - placement.offset()), width);
            }
        }
        return 0;
    }

    void write(long offset, int width, int value) {
        for (Placement placement : placements) {
            if (placement.holds(offset, width)) {
                placement.bank().write((int) (offset - placement.offset()), width, value);
                return;
            }
        }
    }
}
