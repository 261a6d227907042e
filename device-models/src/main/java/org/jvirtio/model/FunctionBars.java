package org.jvirtio.model;

import java.util.List;
import java.util.NavigableMap;
import org.jvirtio.pci.Bar;

/**
 * The BARs of a function as the bus reaches them: while the Command register decodes them, and
 * aligned (virtio 1.4 section 4.1.3.1).
 *
 * <p>Used under the function's lock.
 */
final class FunctionBars {

    private final FunctionPlan plan;
    private final ConfigSpace config;
    private final Complaints complaints;
    private final NavigableMap<Integer, ModelBar> bars;

    FunctionBars(FunctionPlan plan, ConfigSpace config, Complaints complaints) {
        this.plan = plan;
        this.config = config;
        this.complaints = complaints;
        this.bars = plan.bars();
    }

    List<Bar> list() {
        return bars.values().stream().map(ModelBar::bar).toList();
    }

    /** All ones while the BAR is turned off, 0 if the access is misaligned. */
    int read(int bar, long offset, int width) {
        if (!decodes(bars.get(bar).bar())) {
            return -1;
        }
        return isAligned("read", bar, offset, width) ? readDecoded(bar, offset, width) : 0;
    }

    void write(int bar, long offset, int width, int value) {
        if (decodes(bars.get(bar).bar()) && isAligned("write", bar, offset, width)) {
            writeDecoded(bar, offset, width, value);
        }
    }

    /** A read that reached the BAR, from the bus or through PCI_CFG. */
    int readDecoded(int bar, long offset, int width) {
        return bars.get(bar).read(offset, width);
    }

    void writeDecoded(int bar, long offset, int width, int value) {
        bars.get(bar).write(offset, width, value);
    }

    boolean hasStructure(int bar, long offset, int length) {
        return plan.hasStructure(bar, offset, length);
    }

    private boolean decodes(Bar bar) {
        return bar.space() == Bar.Space.IO ? config.decodesIo() : config.decodesMemory();
    }

    private boolean isAligned(String verb, int bar, long offset, int width) {
        if (offset % width != 0) {
            complaints.add(
                    String.format(
                            "misaligned %s of %d bytes at BAR%d+0x%x (section 4.1.3.1)",
                            verb, width, bar, offset));
        }
        return offset % width == 0;
    }
}
