package org.jvirtio.lab.matrix;

import java.util.List;

/**
 * Which layouts a function shows: made to order, or found on a function that somebody named. Halves
 * are called by the labels of the layouts.
 */
public sealed interface Shown permits ShownLayout, FoundLayouts {

    /** In ids: {@code transitional}. */
    String label();

    /** The labels of the layouts that it shows, without the window in the configuration space. */
    List<String> halves();

    /** True if it shows this half, usable or not. */
    boolean shows(String half);

    /** True if it shows this half, and nobody could use it. */
    boolean isBroken(String half);

    /** True if this half can be used, and something of it has to be noted: strict refuses it. */
    boolean isNoted(String half);

    boolean lacksMsix();

    boolean lacksIntx();

    /** The first rung of the interrupt ladder that it has. */
    default CellInterrupts firstInterrupts() {
        if (!lacksMsix()) {
            return CellInterrupts.MSIX;
        }
        return lacksIntx() ? CellInterrupts.POLLING : CellInterrupts.INTX;
    }

    /** True if it shows more than one layout, and each can be used: it can be compared. */
    default boolean isComparable() {
        return halves().size() > 1 && halves().stream().noneMatch(this::isBroken);
    }
}
