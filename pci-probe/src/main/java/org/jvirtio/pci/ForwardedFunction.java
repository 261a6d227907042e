package org.jvirtio.pci;

import java.util.List;
import org.jvirtio.Registers;
import org.jvirtio.memory.DmaMemory;

/**
 * A function in front of another one, to which it hands on whatever is not overridden. For those
 * who look at, count or change a part of what goes through.
 *
 * <p>Closing it closes the other one. As thread-safe as that is.
 */
public class ForwardedFunction implements PciFunction {

    private final PciFunction function;

    protected ForwardedFunction(PciFunction function) {
        this.function = function;
    }

    @Override
    public String name() {
        return function.name();
    }

    @Override
    public Registers config() {
        return function.config();
    }

    @Override
    public List<Bar> bars() {
        return function.bars();
    }

    @Override
    public Registers open(Window window) {
        return function.open(window);
    }

    @Override
    public DmaMemory dmaMemory(Addressing addressing) {
        return function.dmaMemory(addressing);
    }

    @Override
    public FunctionInterrupts interrupts() {
        return function.interrupts();
    }

    @Override
    public List<String> decisions() {
        return function.decisions();
    }

    @Override
    public void reset() {
        function.reset();
    }

    @Override
    public void quarantine() {
        function.quarantine();
    }

    @Override
    public void close() {
        function.close();
    }

    @Override
    public String toString() {
        return function.toString();
    }
}
