package org.jvirtio.lab.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.pci.PciFunction;

/** Models, made anew for each attempt, that offer every ring feature whatever the cell wants. */
final class ModelFunctions implements CellFunctions {

    private static final AtomicLong HUBS = new AtomicLong();

    private final String text;
    private final boolean isNet;
    private final List<EmulatedFunction> made = new ArrayList<>();

    ModelFunctions(ShownLayout shown, CellInterrupts interrupts, CellDevice device) {
        isNet = device == CellDevice.NET;
        text =
                device.label()
                        + ","
                        + layout(shown)
                        + ",offer=all"
                        + interrupts(interrupts)
                        + own(device);
    }

    private static String layout(ShownLayout shown) {
        return shown == ShownLayout.TRANSITIONAL_BROKEN
                ? "layout=transitional,fault=short-common"
                : "layout=" + shown.label();
    }

    /** What the device lacks, the ladder has to step over. */
    private static String interrupts(CellInterrupts interrupts) {
        return switch (interrupts) {
            case MSIX, MSIX_SHARED -> "";
            case INTX -> ",vectors=0";
            case POLLING -> ",vectors=0,intx=off";
        };
    }

    private static String own(CellDevice device) {
        return switch (device) {
            case ENTROPY -> "";
            case BLOCK -> ",size=1M";
            case NET -> ",hub=matrix-" + HUBS.incrementAndGet();
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
        EmulatedFunction function = EmulatedDevices.parse(text + more);
        made.add(function);
        return function;
    }

    @Override
    public List<String> complaints() {
        return made.stream().flatMap(function -> function.complaints().list().stream()).toList();
    }
}
