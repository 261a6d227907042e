package org.jvirtio.lab.overlay;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.Registers;
import org.jvirtio.lab.overlay.Edit.BarEdit;
import org.jvirtio.lab.overlay.Edit.ConfigEdit;
import org.jvirtio.lab.overlay.Edit.InterruptEdit;
import org.jvirtio.lab.overlay.Edit.ListEdit;
import org.jvirtio.lab.overlay.Edit.RegisterEdit;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.ForwardedFunction;
import org.jvirtio.pci.FunctionInterrupts;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Window;

/**
 * A function with a mask on. Registers that are reached through PCI_CFG, by configuration accesses,
 * answer as they are: the mask is over the BARs.
 */
public final class OverlaidFunction extends ForwardedFunction {

    private final PciFunction function;
    private final Overlay overlay;
    private final ShownConfig config;
    private final ShownBars bars;
    private final List<RegisterEdit> registerEdits = new ArrayList<>();
    private List<Lie> lies;
    private long othersChanged;
    private int vectors = Integer.MAX_VALUE;
    private boolean pin = true;

    OverlaidFunction(PciFunction function, Overlay overlay) {
        super(function);
        this.function = function;
        this.overlay = overlay;
        this.config = new ShownConfig(function.name(), function.config());
        List<BarEdit> barEdits = new ArrayList<>();
        for (Edit edit : overlay.edits()) {
            if (edit instanceof ListEdit list) {
                config.make(list);
            } else if (edit instanceof ConfigEdit bytes) {
                config.make(bytes);
            } else if (edit instanceof BarEdit bar) {
                barEdits.add(bar);
            } else if (edit instanceof RegisterEdit register) {
                registerEdits.add(register);
            } else if (edit instanceof InterruptEdit interrupts) {
                vectors = Math.min(vectors, interrupts.vectors());
                pin = pin && interrupts.pin();
            }
        }
        this.bars = new ShownBars(name(), function.bars(), barEdits);
    }

    @Override
    public String name() {
        return "overlay:" + overlay.name() + "@" + function.name();
    }

    @Override
    public Registers config() {
        return config;
    }

    /**
     * How many answers of the function were another than the function's own. As long as this is 0
     * the mask made no difference.
     */
    public long answersChanged() {
        return config.changed()
                + othersChanged
                + (lies == null ? 0 : lies.stream().mapToLong(Lie::told).sum());
    }

    @Override
    public List<Bar> bars() {
        List<Bar> shown = bars.bars();
        othersChanged += shown.equals(function.bars()) ? 0 : 1;
        return shown;
    }

    @Override
    public Registers open(Window window) {
        return new ShownRegisters(function.open(bars.real(window)), window, lies());
    }

    @Override
    public FunctionInterrupts interrupts() {
        boolean whole = vectors == Integer.MAX_VALUE && pin;
        othersChanged += whole ? 0 : 1;
        return whole
                ? function.interrupts()
                : new ShownInterrupts(function.interrupts(), vectors, pin);
    }

    /** One set for all windows: a read is counted wherever it goes. */
    private List<Lie> lies() {
        if (lies == null) {
            ShownWindows windows = new ShownWindows(this);
            lies = registerEdits.stream().map(edit -> new Lie(edit, windows)).toList();
        }
        return lies;
    }
}
