package org.jvirtio.lab.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jvirtio.lab.overlay.Overlay;
import org.jvirtio.lab.overlay.Overlays;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.model.Fault;
import org.jvirtio.pci.PciFunction;

/** Models, made anew for each attempt, that offer every ring feature whatever the cell wants. */
final class ModelFunctions implements CellFunctions {

    private static final AtomicLong HUBS = new AtomicLong();

    /** What a strict policy minds, and no other. */
    private static final Overlay NOTED = Overlays.ready("common-long");

    private final String text;
    private final boolean isNet;
    private final boolean isNoted;
    private final Function<String, PciFunction> opener;
    private final List<EmulatedFunction> here = new ArrayList<>();

    /**
     * Describes models; none is made yet.
     *
     * @param opener makes one, in this process or behind a socket
     */
    ModelFunctions(
            Function<String, PciFunction> opener,
            Shown shown,
            CellInterrupts interrupts,
            CellDevice device,
            Fault fault) {
        this.opener = opener;
        isNet = device == CellDevice.NET;
        isNoted = shown == ShownLayout.TRANSITIONAL_NOTED;
        text =
                device.label()
                        + ","
                        + layout(shown)
                        + ",offer=all"
                        + interrupts(interrupts)
                        + own(device)
                        + (fault == Fault.NONE ? "" : ",fault=" + fault.label());
    }

    private static String layout(Shown shown) {
        if (shown == ShownLayout.TRANSITIONAL_NOTED) {
            return "layout=transitional";
        }
        return shown == ShownLayout.TRANSITIONAL_BROKEN
                ? "layout=transitional,fault=short-common"
                : "layout=" + shown.label();
    }

    /**
     * What the device lacks, the ladder has to step over. What has interrupts answers a moment
     * after the doorbell, when the driver sleeps: an answer within would need none.
     */
    private static String interrupts(CellInterrupts interrupts) {
        String later = ",thread=on,delay=1";
        return switch (interrupts) {
            case MSIX, MSIX_SHARED -> later;
            case INTX -> ",vectors=0" + later;
            case POLLING -> ",vectors=0,intx=off";
        };
    }

    private static String own(CellDevice device) {
        return switch (device) {
            case ENTROPY -> "";
            case BLOCK -> ",size=1M";
            case NET -> ",hub=matrix-" + HUBS.incrementAndGet();
            case CONSOLE -> ",ports=2,crossed=on";
        };
    }

    @Override
    public PciFunction near() {
        return open(isNet ? ",mac=52:54:00:6a:76:01" : "");
    }

    @Override
    public PciFunction far() {
        return open(",mac=52:54:00:6a:76:02");
    }

    private PciFunction open(String more) {
        PciFunction function = opener.apply(text + more);
        if (function instanceof EmulatedFunction model) {
            here.add(model);
        }
        return isNoted ? NOTED.over(function) : function;
    }

    @Override
    public List<String> complaints() {
        return here.stream().flatMap(function -> function.complaints().list().stream()).toList();
    }
}
