package org.jvirtio.lab.matrix;

import java.util.List;
import java.util.function.Supplier;
import org.jvirtio.pci.PciFunction;

/** A function that somebody named; what a network of it is connected with, nobody knows. */
record FoundFunction(Supplier<PciFunction> opener) implements CellFunctions {

    @Override
    public PciFunction near() {
        return opener.get();
    }

    @Override
    public boolean hasFar() {
        return false;
    }

    @Override
    public PciFunction far() {
        throw new IllegalStateException("a function that was found alone has no far end");
    }

    @Override
    public List<String> complaints() {
        return List.of();
    }
}
