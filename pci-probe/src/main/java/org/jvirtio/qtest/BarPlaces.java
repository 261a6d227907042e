package org.jvirtio.qtest;

import java.util.List;
import org.jvirtio.pci.Bar;

/**
 * Where the BARs of a machine lie. One that has an address keeps it, whoever gave it: firmware, or
 * a session before this one. The others get theirs behind all of these.
 */
final class BarPlaces {

    private final AddressRange ports = AddressRange.ports();
    private final AddressRange memory = AddressRange.memory();

    /** Gives away nothing that these have. Called for all functions before {@link #place}. */
    void keep(List<Bar> bars) {
        bars.stream()
                .filter(BarPlaces::isPlaced)
                .forEach(bar -> range(bar).keep(bar.address(), bar.length()));
    }

    /** The BARs of one function, each with an address. */
    List<Bar> place(BarSizing sizing, List<Bar> bars) {
        return bars.stream()
                .map(bar -> isPlaced(bar) ? bar : sizing.place(bar, range(bar).take(bar.length())))
                .toList();
    }

    private static boolean isPlaced(Bar bar) {
        return bar.address() != 0;
    }

    private AddressRange range(Bar bar) {
        return bar.space() == Bar.Space.IO ? ports : memory;
    }
}
