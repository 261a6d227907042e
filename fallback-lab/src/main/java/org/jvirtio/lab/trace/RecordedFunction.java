package org.jvirtio.lab.trace;

import java.util.List;
import org.jvirtio.dump.DumpFunction;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.ForwardedFunction;
import org.jvirtio.trace.TraceHeader;

/**
 * The function of a trace as it was before the first access: its configuration bytes, and its BARs
 * with their lengths. It can be decoded, and a layout be chosen for it; there is no device behind.
 */
public final class RecordedFunction extends ForwardedFunction {

    private final List<Bar> bars;

    public RecordedFunction(TraceHeader header) {
        super(
                new DumpFunction(
                        header.function(),
                        header.region(FunctionHeader.CONFIG).orElseThrow().bytes()));
        bars = FunctionHeader.bars(header);
    }

    @Override
    public List<Bar> bars() {
        return bars;
    }
}
