package org.jvirtio.lab.matrix;

import java.util.List;

/**
 * Where a cell finds its function.
 *
 * @param label in the ids of cells: {@code guest}
 * @param origin who made the device
 * @param typed what people type before an id to come to the same place; empty for the models here
 */
public record CellReach(String label, Origin origin, String typed) {

    /** Models in this process. */
    public static final CellReach EMULATED = new CellReach("emulated", Origin.MODEL, "");

    /** Models behind sockets, over vfio-user. */
    public static final CellReach VFIO_USER = made("vfio-user", Origin.MODEL);

    /** Devices of QEMU's, over VFIO, in a guest. */
    public static final CellReach GUEST = made("guest", Origin.QEMU);

    /** Devices of a QEMU without a guest, over its qtest socket. */
    public static final CellReach QTEST = made("qtest", Origin.QEMU);

    /** Those whose devices are made for the cells. */
    static final List<CellReach> ALL = List.of(EMULATED, VFIO_USER, GUEST, QTEST);

    /** Who made the device, which decides what can be asked of it. */
    public enum Origin {
        /** Made to order for each cell: whatever a cell wants, it has to offer. */
        MODEL,
        /** Made by QEMU: fewer layouts than the models show, and the features of its version. */
        QEMU,
        /** There before, and named by somebody: it shows and offers what it does. */
        FOUND
    }

    private static CellReach made(String label, Origin origin) {
        return new CellReach(label, origin, "--reach " + label);
    }

    /**
     * A function that somebody named.
     *
     * @param label of the way to it: {@code vfio}
     * @param typed its name, or all the names that were typed
     */
    public static CellReach found(String label, String typed) {
        return new CellReach(label, Origin.FOUND, typed);
    }

    /** The same with more of what people type. */
    public CellReach with(String options) {
        return options.isEmpty() ? this : new CellReach(label, origin, typed + " " + options);
    }

    boolean isOfQemu() {
        return origin == Origin.QEMU;
    }

    /** True if nothing but this process makes interrupts come late. */
    boolean isInThisProcess() {
        return label.startsWith(EMULATED.label);
    }

    /** True if a feature that a cell wants may be missing without anybody's fault. */
    boolean mayLack() {
        return origin != Origin.MODEL;
    }

    /** What people type to try one case here again. */
    String reproduce(String id) {
        return "./jvirtio matrix " + (typed.isEmpty() ? "" : typed + " ") + id;
    }
}
